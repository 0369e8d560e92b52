(* whole.v -- CRS-T1.1 for demands that are served whole or not at all (type I, and any service that is 0 without an
   allocation): a knapsack scheme that accepts each size with probability alpha serves each agent at alpha times beta. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention demands.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Whole.
Variables (R : realFieldType) (J : finType) (g d : nat -> J -> R).
Hypotheses (g0 : forall k j, 0 <= g k j) (g1 : forall k, \sum_j g k j <= 1).
Implicit Types (p : policy R J) (f : history J -> R).

Lemma Hx_le p k f f' : (forall h j, 0 <= p h j <= 1) -> (forall h, f h <= f' h) -> Hx g p k f <= Hx g p k f'.
Proof.
move=> p01; elim: k f f' => [|k IH] f f' le /=; first exact: le.
apply: IH => h; rewrite ler_add ?ler_wpmul2l ?subr_ge0 ?g1 //; apply: ler_sum => j _.
by have /andP[a b] := p01 h j; rewrite ler_wpmul2l // ler_add ?ler_wpmul2l ?subr_ge0.
Qed.
Lemma Hx_ext p k f f' : f =1 f' -> Hx g p k f = Hx g p k f'.
Proof. by elim: k f f' => [|k IH] f f' e /=; [exact: e | apply: IH => h; under eq_bigr do rewrite !e; rewrite e]. Qed.
Lemma HxD p k f f' : Hx g p k (fun h => f h + f' h) = Hx g p k f + Hx g p k f'.
Proof.
elim: k f f' => [//|k IH] f f' /=; rewrite -IH; apply: Hx_ext => h.
rewrite mulrDr addrACA -big_split /=; congr (_ + _); apply: eq_bigr => j _.
by ring.
Qed.
Lemma HxZ p k (a : R) f : Hx g p k (fun h => a * f h) = a * Hx g p k f.
Proof.
elim: k f => [//|k IH] f /=; rewrite -IH; apply: Hx_ext => h.
rewrite mulrDr mulr_sumr; congr (_ + _); last by rewrite mulrCA.
by apply: eq_bigr => j _; ring.
Qed.
Lemma Hx0 p k : Hx g p k (fun=> 0) = 0.
Proof. by rewrite -[RHS](mul0r (Hx g p k (fun=> 0))) -HxZ; apply: Hx_ext => h; rewrite mul0r. Qed.
Lemma Hx_sum p k (l : seq J) (F : J -> history J -> R) : Hx g p k (fun h => \sum_(j <- l) F j h) = \sum_(j <- l) Hx g p k (F j).
Proof.
elim: l => [|j l IH]; first by rewrite big_nil -[RHS](Hx0 p k); apply: Hx_ext => h; rewrite big_nil.
by rewrite big_cons -IH -HxD; apply: Hx_ext => h; rewrite big_cons.
Qed.

(* the supply is never exceeded *)
Theorem supply p k : is_policy d p -> (forall j i, 0 <= d j i) -> Hx g p k (fun h => (1 < used d h)%R%:R) = 0.
Proof.
move=> [p01 full] d0; apply/eqP; rewrite eq_le; apply/andP; split; last first.
  by rewrite -[X in X <= _](Hx0 p k); apply: Hx_le => // h; rewrite ler0n.
elim: k => [|k IH] /=; first by rewrite ltNge ler01.
apply: le_trans IH; apply: Hx_le => // h; set u := (1 < used d h)%R%:R.
have each j : p h j * (1 < unit_demand d (size h) j + used d h)%R%:R + (1 - p h j) * u <= u.
  have -> : (1 - p h j) * u = u - p h j * u by ring.
  rewrite addrCA -[X in _ <= X]addr0 ler_add2l subr_le0.
  have [big|small] := boolP (1 < unit_demand d (size h) j + used d h).
    by rewrite full ?mul0r // addrC.
  by rewrite mulr0 mulr_ge0 ?ler0n //; case/andP: (p01 h j).
rewrite !add0r -/u; apply: (@le_trans _ _ (\sum_j g k j * u + (1 - \sum_j g k j) * u)).
  by rewrite ler_add2r; apply: ler_sum => j _; rewrite ler_wpmul2l.
by rewrite -mulr_suml -mulrDl addrC subrK mul1r.
Qed.

Lemma served_ge s p k : is_policy d p -> (forall x, 0 <= s 0 x) ->
  \sum_j g k j * s (unit_demand d k j) (d k j) * accepts_size g p k j <= served g d s p k.
Proof.
move=> [p01 _] s0; rewrite /served /accepts_size /=.
apply: (@le_trans _ _ (Hx g p k (fun h => \sum_j g k j * s (unit_demand d k j) (d k j) * p h j))).
  by rewrite Hx_sum le_eqVlt; apply/orP; left; apply/eqP; apply: eq_bigr => j _; rewrite HxZ.
apply: Hx_le => // h; rewrite mulr0 addr0; apply: ler_sum => j _.
rewrite -mulrA ler_wpmul2l // mulrC ler_addl mulr_ge0 //; by case/andP: (p01 h j); rewrite subr_ge0.
Qed.
End Whole.

(* for any list of weighted orders: order l has agent at_ l k at position k, and agent i at position pos l i *)
Theorem CRS_T1_1_whole (R : realFieldType) (J : finType) (g d : nat -> J -> R) (n : nat) (L : finType) (w : L -> R)
    (at_ pos : L -> nat -> nat) (p : L -> policy R J) (alpha : R) (s : nat -> R -> R -> R) :
  (forall k j, 0 <= g k j) -> (forall k, \sum_j g k j <= 1) -> (forall l, 0 <= w l) ->
  (forall l i, (i < n)%N -> at_ l (pos l i) = i) ->
  (forall l, is_policy (fun k => d (at_ l k)) (p l)) ->
  (forall i x, 0 <= s i 0 x) -> (forall i j, 0 <= s i (unit_demand d i j) (d i j)) ->
  (forall i j, (i < n)%N -> alpha <= \sum_l w l * accepts_size (fun k => g (at_ l k)) (p l) (pos l i) j) ->
  forall i, (i < n)%N -> alpha * (\sum_j g i j * s i (unit_demand d i j) (d i j))
    <= \sum_l w l * served (fun k => g (at_ l k)) (fun k => d (at_ l k)) (s i) (p l) (pos l i).
Proof.
move=> g0 g1 w0 ap pp s0 sp gu i ni.
have S l : \sum_j g i j * s i (unit_demand d i j) (d i j) * accepts_size (fun k => g (at_ l k)) (p l) (pos l i) j
    <= served (fun k => g (at_ l k)) (fun k => d (at_ l k)) (s i) (p l) (pos l i).
  have := @served_ge R J (fun k => g (at_ l k)) (fun k => d (at_ l k)) (fun k j => g0 _ j) (fun k => g1 _) (s i) (p l) (pos l i) (pp l) (s0 i).
  by rewrite /unit_demand ap.
apply: (@le_trans _ _ (\sum_l w l * \sum_j g i j * s i (unit_demand d i j) (d i j) * accepts_size (fun k => g (at_ l k)) (p l) (pos l i) j)); last first.
  by apply: ler_sum => l _; rewrite ler_wpmul2l.
have swap (c : J -> R) (a : L -> J -> R) : \sum_l w l * (\sum_j c j * a l j) = \sum_j c j * (\sum_l w l * a l j).
  under eq_bigr do rewrite mulr_sumr; rewrite exchange_big /=; apply: eq_bigr => j _.
  by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite mulrCA.
rewrite swap mulr_sumr; apply: ler_sum => j _.
by rewrite mulrC ler_wpmul2l ?mulr_ge0 //; exact: gu.
Qed.
