(* multipath.v -- several drafted paths: the linear program over R_D(z) describes exactly the lossless schemes.  D is the type of tuples of paths of length L, drawn with probability
   b d; M z y is the target's probability of y after z. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft schemes optimum block.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Multipath.
Variables (R : realFieldType) (Y D : finType) (K L : nat).
Variables (M : seq Y -> Y -> R) (b : D -> R) (paths : D -> 'I_K -> L.-tuple Y).
Hypotheses (M_ge0 : forall z y, 0 <= M z y) (M_total : forall z, \sum_y M z y = 1).
Hypothesis b_total : \sum_d b d = 1.
Implicit Types (z : seq Y) (y : Y) (A : D -> seq Y -> R) (t : D -> seq Y -> Y -> R).

Notation on := (schemes.on paths).

Notation acceptance := (schemes.acceptance b paths).

Notation lossless := (schemes.lossless M).

Notation rows := (@schemes.rows R Y D M).

Lemma emitted_rcons t z y : emitted t (rcons z y) = \sum_d t d z y.
Proof. by rewrite /emitted rev_rcons revK. Qed.

Lemma total_stop A z : \sum_d stop A d z = total A z - \sum_y total A (rcons z y).
Proof. by rewrite sumrB [X in _ - X]exchange_big. Qed.

Lemma stop_ge0 A d z : acceptance A -> 0 <= stop A d z.
Proof. by case=> _ _ _ H; rewrite subr_ge0. Qed.

Theorem MD_paths_lossless A : acceptance A ->
  (exists2 t, correction A t & lossless A t) <-> rows A.
Proof.
move=> acc; have [A0 Ap _ _] := acc.
have T0 : total A [::] = 1 by rewrite -b_total; apply: eq_bigr => d _; apply: A0.
split=> [[t [tp _] /lossless_iff[_ E]] z y|H].
  by rewrite mulrC -E ler_addl emitted_rcons; apply: sumr_ge0.
(* what must be emitted after z, in total *)
pose c z y := M z y * total A z - total A (rcons z y).
have c0 z y : 0 <= c z y by rewrite subr_ge0.
have cs z : \sum_y c z y = \sum_d stop A d z.
  by rewrite total_stop sumrB -mulr_suml M_total mul1r.
pose s z := \sum_d stop A d z.
have s0 z : 0 <= s z by apply: sumr_ge0 => d _; apply: stop_ge0.
pose t d z y := stop A d z * (c z y / s z).
have tE z y : \sum_d t d z y = c z y.
  rewrite -mulr_suml -/(s z); have [e|n] := eqVneq (s z) 0; last by rewrite mulrCA divff ?mulr1.
  rewrite e mul0r; apply/esym; move: y; apply: (sum_eq0 (c0 z)).
  by rewrite cs -/(s z).
exists t; last first.
  apply/lossless_iff; split=> // z y.
  by rewrite emitted_rcons tE /c addrC subrK mulrC.
split=> [d z y|d z].
  by rewrite mulr_ge0 ?divr_ge0 // stop_ge0.
rewrite -mulr_sumr -mulr_suml cs -/(s z).
have [e|n] := eqVneq (s z) 0; last by rewrite divff ?mulr1.
rewrite e mul0r mulr0; apply/esym; move: d; apply: sum_eq0 => [d|]; last exact: e.
exact: stop_ge0.
Qed.

Notation mean_accepted := (schemes.mean_accepted L).
Notation objective := (schemes.objective L).

Lemma sum_cons l (F : seq Y -> R) :
  \sum_(z : l.+1.-tuple Y) F z = \sum_x \sum_(z : l.-tuple Y) F (x :: z).
Proof.
rewrite (reindex (fun u : Y * l.-tuple Y => [tuple of u.1 :: u.2])) /=; last first.
  exists (fun t : l.+1.-tuple Y => (thead t, [tuple of behead t])) => [[x s] _|t _] /=.
    by congr (_, _); apply: val_inj.
  by rewrite -tuple_eta.
by rewrite -(pair_big_dep xpredT (fun _ _ => true) (fun x (s : l.-tuple Y) => F (x :: s))).
Qed.

Lemma sum_nil (F : seq Y -> R) : \sum_(z : 0.-tuple Y) F z = F [::].
Proof. by rewrite (big_pred1 [tuple]) // => s; apply/esym/eqP; apply: tuple0. Qed.

Lemma sum_rcons l (F : seq Y -> R) :
  \sum_(z : l.-tuple Y) \sum_y F (rcons z y) = \sum_(z : l.+1.-tuple Y) F z.
Proof.
elim: l F => [|l IH] F; rewrite [RHS]sum_cons.
  rewrite (sum_nil (fun z => \sum_y F (rcons z y))); apply: eq_bigr => x _.
  by rewrite (sum_nil (fun z => F (x :: z))).
rewrite (sum_cons l (fun z => \sum_y F (rcons z y))); apply: eq_bigr => x _.
exact: (IH (fun z => F (x :: z))).
Qed.

Lemma long0 A d z : acceptance A -> (L < size z)%N -> A d z = 0.
Proof.
case=> _ _ H _ lt; apply: H; rewrite negb_exists; apply/forallP => k.
apply/eqP => E; have := congr1 size E; rewrite size_take size_tuple ltnNge (ltnW lt) /=.
by move=> e; rewrite e ltnn in lt.
Qed.

Theorem MD_paths_objective A : acceptance A -> mean_accepted A = objective A.
Proof.
move=> acc; rewrite /mean_accepted /objective /total.
have -> : \sum_(l < L) \sum_(z : l.+1.-tuple Y) \sum_d A d z = \sum_d \sum_(l < L) \sum_(z : l.+1.-tuple Y) A d z.
  by rewrite [RHS]exchange_big /=; apply: eq_bigr => l _; rewrite exchange_big.
apply: eq_bigr => d _; pose S l := \sum_(z : l.-tuple Y) A d z.
have SE l : \sum_(z : l.-tuple Y) stop A d z = S l - S l.+1.
  by rewrite /stop sumrB (sum_rcons l (A d)).
have S0 : S L.+1 = 0 by apply: big1 => z _; apply: long0; rewrite ?size_tuple.
rewrite (eq_bigr (fun l : 'I_L.+1 => l%:R * (S l - S l.+1))) => [|l _]; last by rewrite SE.
have T n : \sum_(l < n.+1) l%:R * (S l - S l.+1) = \sum_(l < n) S l.+1 - n%:R * S n.+1.
  elim: n => [|n IH]; first by rewrite big_ord_recl !big_ord0 !mul0r addr0 subr0.
  rewrite big_ord_recr /= IH [in RHS]big_ord_recr /= [n.+1%:R]mulrS.
  by move: (S n.+1) (S n.+2) (\sum_(l < n) _) => u v w; ring.
by rewrite T S0 mulr0 subr0.
Qed.

(* the best lossless scheme is the maximum of the program *)
Theorem MD_paths v :
  is_max (fun x : (D -> seq Y -> R) * (D -> seq Y -> Y -> R) =>
            [/\ acceptance x.1, correction x.1 x.2 & lossless x.1 x.2]) (fun x => mean_accepted x.1) v <->
  is_max (fun A => acceptance A /\ rows A) objective v.
Proof.
split=> [[[[A t] [/= acc ct ll] E] up]|[[A [acc rw] E] up]].
  split; first by exists A; [split=> //; apply/(MD_paths_lossless acc); exists t | rewrite -E MD_paths_objective].
  move=> B [accB /(MD_paths_lossless accB)[u cu lu]]; rewrite -MD_paths_objective //.
  exact: (up (B, u)).
split.
  have [t ct lt] := (MD_paths_lossless acc).2 rw; exists (A, t) => //.
  by rewrite MD_paths_objective.
move=> [B u] [/= accB cu lu]; rewrite MD_paths_objective //; apply: up; split=> //.
by apply/(MD_paths_lossless accB); exists u.
Qed.

End Multipath.
