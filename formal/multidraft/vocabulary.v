(* vocabulary.v -- IS-E11: the truncated alphabet, with the hypothesis that the paper leaves out.
   K+1 iid drafts from p, target q; the drafts outside O0 are dropped.  Given that none is dropped the
   drafts are iid from pt = p renormalised on O0. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum rat.
Require Import identities multidraft schemes transport optimum drafts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Vocabulary.
Variables (R : realFieldType) (Omega : finType) (K : nat) (p q : Omega -> R).
Hypotheses (p_ge0 : forall i, 0 <= p i) (p_total : \sum_i p i = 1).
Hypotheses (q_ge0 : forall i, 0 <= q i) (q_total : \sum_i q i = 1).
Variable O0 : {set Omega}.
Implicit Types (S : {set Omega}).
Notation word := {ffun 'I_K.+1 -> Omega}.
Notation drafted := (@drafted Omega K).
Notation lawK r := (iid_law (K := K) r).

Notation eps := (schemes.eps O0).
Notation pt := (schemes.pt p O0).
Hypothesis kept : 0 < tot p O0.

Lemma pt_ge0 i : 0 <= pt i.
Proof. by rewrite /pt; case: ifP => // _; rewrite divr_ge0 // ltW. Qed.

Lemma pt_tot S : tot pt S = tot p (S :&: O0) / tot p O0.
Proof.
rewrite /tot mulr_suml big_mkcond [RHS]big_mkcond; apply: eq_bigr => i _.
by rewrite inE /pt; case: (i \in S); case: (i \in O0).
Qed.

Lemma pt_total : \sum_i pt i = 1.
Proof.
have <- : tot pt setT = \sum_i pt i by apply: eq_bigl => i; rewrite inE.
by rewrite pt_tot setTI divff // gt_eqF.
Qed.

Lemma totU (f : Omega -> R) S : [disjoint S & ~: O0] -> tot f (S :|: ~: O0) = tot f S + (\sum_i f i - tot f O0).
Proof.
move=> D; rewrite /tot (bigID (mem S)) /=; congr (_ + _).
  by apply: eq_bigl => i; rewrite !inE; case: (i \in S); rewrite ?andbF.
rewrite [X in _ = X - _](bigID (mem O0)) /= addrAC subrr add0r; apply: eq_bigl => i.
rewrite !inE; case: (boolP (i \in S)) => iS; last by rewrite andbT.
rewrite andbF; apply/esym/negbTE; rewrite negbK.
by have := disjointFr D iS; rewrite inE => /negbFE.
Qed.

(* what the paper derives from (186), which is false: the value given that nothing is dropped *)
Theorem truncation_value v w :
  is_max (tlsr (lawK p) q) (accept drafted (lawK p)) v ->
  is_max (tlsr (lawK pt) q) (accept drafted (lawK pt)) w ->
  v - eps q <= w.
Proof.
move/(iid_MD_T3 K p_ge0 p_total q_ge0 q_total) => [_ le].
move/(iid_MD_T3 K pt_ge0 pt_total q_ge0 q_total) => [[S ->] _].
have D : [disjoint S :&: O0 & ~: O0].
  by rewrite -setI_eq0 -setIA setICr setI0.
have := le (S :&: O0 :|: ~: O0); rewrite !totU // p_total q_total -/(eps q) -/(eps p) => H.
rewrite ler_subl_addr; apply: le_trans H _.
have qS : tot q (S :&: O0) <= tot q S.
  by rewrite /tot [X in _ <= X](big_setID O0) /= ler_addl sumr_ge0.
have e1 : tot p O0 = 1 - eps p by rewrite /eps opprB addrC subrK.
have e0 : 0 <= eps p.
  rewrite /eps subr_ge0 -p_total [X in _ <= X](bigID (mem O0)) /= ler_addl.
  exact: sumr_ge0.
have le_s : tot pt S <= tot p (S :&: O0) + eps p.
  have s1 : tot pt S <= 1.
    by rewrite -pt_total [X in _ <= X](bigID (mem S)) /= ler_addl sumr_ge0 // => i _; apply: pt_ge0.
  have -> : tot p (S :&: O0) = tot pt S * (1 - eps p) by rewrite -e1 pt_tot divfK // gt_eqF.
  rewrite -subr_ge0; have -> : tot pt S * (1 - eps p) + eps p - tot pt S = eps p * (1 - tot pt S) by ring.
  by rewrite mulr_ge0 // subr_ge0.
have pw : tot pt S ^+ K.+1 <= (tot p (S :&: O0) + eps p) ^+ K.+1.
  rewrite ler_expn2r // nnegrE; first by apply: sumr_ge0 => i _; apply: pt_ge0.
  by apply: le_trans le_s; apply: sumr_ge0 => i _; apply: pt_ge0.
rewrite -subr_ge0 in pw; rewrite -subr_ge0 in qS; rewrite -subr_ge0.
have := addr_ge0 qS pw; congr (0 <= _); ring.
Qed.

(* nothing is dropped with probability p(O0)^(K+1) *)
Lemma kept_accept (P : word -> Omega -> R) : (forall x z, 0 <= P x z) ->
  (1 - eps p) ^+ K.+1 * accept drafted (lawK pt) P <= accept drafted (lawK p) P.
Proof.
move=> P0; rewrite /accept mulr_sumr; apply: ler_sum => x _; rewrite mulrA.
apply: ler_wpmul2r; first by apply: sumr_ge0.
have -> : 1 - eps p = tot p O0 by rewrite /eps opprB addrC subrK.
have -> : tot p O0 ^+ K.+1 = \prod_(k < K.+1) tot p O0 by rewrite prodr_const card_ord.
rewrite -big_split /=; apply: ler_prod => k _.
have h : 0 <= tot p O0 * pt (x k) by rewrite mulr_ge0 ?pt_ge0 // ltW.
by rewrite h /= /pt; case: ifP => _; [rewrite mulrC divfK ?gt_eqF | rewrite mulr0].
Qed.

Lemma bernoulli_sub (x : R) n : 0 <= x -> x <= 1 -> 1 - n%:R * x <= (1 - x) ^+ n.
Proof.
move=> x0 x1; elim: n => [|n IH]; first by rewrite mul0r subr0 expr0.
rewrite exprS; have y0 : 0 <= 1 - x by rewrite subr_ge0.
apply: le_trans (ler_wpmul2l y0 IH); rewrite mulrS -subr_ge0.
have -> : (1 - x) * (1 - n%:R * x) - (1 - (1 + n%:R) * x) = n%:R * (x * x) by ring.
by rewrite mulr_ge0 ?ler0n // mulr_ge0.
Qed.

(* IS-E11: a scheme P that is optimal given that nothing is dropped *)
Theorem IS_E11_general v w (P : word -> Omega -> R) :
  is_max (tlsr (lawK p) q) (accept drafted (lawK p)) v ->
  is_max (tlsr (lawK pt) q) (accept drafted (lawK pt)) w ->
  (forall x z, 0 <= P x z) -> accept drafted (lawK pt) P = w ->
  (K.+1%:R * eps p <= 1) || (eps q <= v) ->
  (1 - K.+1%:R * eps p) * (v - eps q) <= accept drafted (lawK p) P.
Proof.
move=> vm wm P0 aw hyp; have vw := truncation_value vm wm.
have acc0 : 0 <= accept drafted (lawK p) P.
  apply: sumr_ge0 => x _; apply: mulr_ge0; last exact: sumr_ge0.
  exact: (indep_ge0 (fun _ : 'I_K.+1 => p_ge0)).
have e0 : 0 <= eps p.
  rewrite /eps subr_ge0 -p_total [X in _ <= X](bigID (mem O0)) /= ler_addl.
  exact: sumr_ge0.
have e1 : eps p <= 1 by rewrite /eps ler_subl_addr ler_addl ltW.
have s0 : 0 <= 1 - eps p by rewrite subr_ge0.
have [d0|d0] := leP 0 (v - eps q).
  apply: le_trans (kept_accept P0); rewrite aw.
  apply: (@le_trans _ _ ((1 - eps p) ^+ K.+1 * (v - eps q))).
    by rewrite ler_wpmul2r // bernoulli_sub.
  by rewrite ler_wpmul2l // exprn_ge0.
apply: le_trans acc0; move: hyp; rewrite leNgt -[eps q <= v]subr_ge0 [0 <= v - _]leNgt d0 orbF -leNgt => h.
by rewrite mulr_ge0_le0 ?subr_ge0 // ltW.
Qed.

End Vocabulary.

(* IS-E11, two drafts: P~ >= (1 - 2 eps_p)(P* - eps_q) if eps_p <= 1/2 or eps_q <= P* *)
Theorem IS_E11 (R : realFieldType) (Omega : finType) (p q : Omega -> R) (O0 : {set Omega}) v w
    (P : {ffun 'I_2 -> Omega} -> Omega -> R) :
    (forall i, 0 <= p i) -> \sum_i p i = 1 -> (forall i, 0 <= q i) -> \sum_i q i = 1 ->
    0 < tot p O0 ->
    is_max (tlsr (iid_law (K := 1) p) q) (accept (@drafted Omega 1) (iid_law p)) v ->
    is_max (tlsr (iid_law (K := 1) (pt p O0)) q) (accept (@drafted Omega 1) (iid_law (pt p O0))) w ->
    (forall x z, 0 <= P x z) -> accept (@drafted Omega 1) (iid_law (pt p O0)) P = w ->
    (eps O0 p <= 1 / 2%:R) || (eps O0 q <= v) ->
  (1 - 2%:R * eps O0 p) * (v - eps O0 q) <= accept (@drafted Omega 1) (iid_law p) P.
Proof.
move=> p0 p1 q0 q1 kept vm wm P0 aw hyp.
apply: (IS_E11_general p0 p1 q0 q1 kept vm wm P0 aw).
by move: hyp; rewrite ler_pdivl_mulr ?ltr0n // [_ * 2%:R]mulrC.
Qed.
