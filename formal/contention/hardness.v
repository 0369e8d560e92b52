(* hardness.v -- CRS-T3.4 (LPOPT <= alpha_0 + (rho+2)/N for x_i = rho/N, N odd) and CRS-T1.3 (no
   forward-backward scheme guarantees more than alpha_0), from the exact value CRS-U and three
   properties of the exponential. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint.
Require Import identities multidraft contention optimum lpsi phi.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Hardness.
Variables (R : realFieldType) (E : R -> R).
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t).
Let Ep t : 0 < E t := E_gt0 E0 ED t.

(* alpha_0(rho) = 1 / (rho + E(-rho/2)) *)
Lemma alpha0_inv rho : 0 <= rho -> alpha0 E rho = (rho + E (- (rho / 2%:R)))^-1.
Proof.
move=> r0; rewrite /alpha0 /den; set h := rho / 2%:R; have e0 := Ep h.
have en : E h != 0 by rewrite gt_eqF.
have -> : E (- h) = (E h)^-1.
  by apply: (mulIf en); rewrite -ED addNr E0 mulVf.
have dn : 1 + rho * E h != 0.
  by rewrite gt_eqF // ltr_paddr ?ltr01 // mulr_ge0 // ltW.
have -> : rho + (E h)^-1 = (1 + rho * E h) / E h by rewrite mulrDl mul1r mulfK // addrC.
by rewrite invf_div.
Qed.

(* (1-a)^k from below *)
Lemma power_below (a : R) k : 0 <= a -> a < 1 -> E (- (a / (1 - a) * k%:R)) <= (1 - a) ^+ k.
Proof.
move=> a0 a1; have r0 : 0 < 1 - a by rewrite subr_gt0.
have En t : E (- (t * k%:R)) = E (- t) ^+ k.
  elim: k => [|k IH]; first by rewrite mulr0 oppr0 E0 expr0.
  by rewrite exprS -IH -ED mulrS mulrDr mulr1 opprD.
rewrite En ler_expn2r ?nnegrE ?(ltW r0) ?(ltW (Ep _)) //.
set t := a / (1 - a); have tt : 1 = E (- t) * E t by rewrite -ED addNr E0.
rewrite -[X in _ <= X]mulr1 {2}tt mulrCA ler_pmulr ?Ep //.
apply: le_trans (ler_wpmul2l (ltW r0) (E1 t)).
by rewrite mulrDr mulr1 /t mulrCA mulfV ?mulr1 ?subrK ?lexx // gt_eqF.
Qed.

(* CRS-T3.4 *)
Theorem CRS_T3_4 m (a : R) beta (N := m.*2.+1) (rho := a * N%:R) : 0 <= a -> a <= 1 ->
  fb_guaranteed N (fun=> a) beta ->
  beta <= E (rho / 2%:R) / (1 + rho * E (rho / 2%:R)) + (rho + 2%:R) / N%:R.
Proof.
move=> a0 a1 /(proj2 (CRS_U_odd_scheme m a0 a1)) le; apply: le_trans le _.
have N0 : 0 < N%:R :> R by rewrite ltr0n.
have r0 : 0 <= rho by rewrite mulr_ge0 ?ler0n.
have s0 : 0 <= 1 - a by rewrite subr_ge0.
rewrite -/(den E rho) -/(alpha0 E rho) (alpha0_inv r0) div1r -/N -/rho.
set v := E _; have v0 : 0 < v := Ep _.
set u := (1 - a) ^+ m.+1; have u0 : 0 <= u by rewrite exprn_ge0.
have rv : 0 < rho + v by rewrite ltr_paddl.
have iv : 0 <= (rho + v)^-1 by rewrite invr_ge0 ltW.
have [ah|ha] := leP (a * 2%:R) 1; last first.
  (* few elements: LPOPT <= 1/rho < 2/N *)
  have rp : 0 < rho by rewrite mulr_gt0 // -(pmulr_lgt0 _ (ltr0Sn R 1)) (lt_trans ltr01).
  apply: (@le_trans _ _ rho^-1); first by rewrite lef_pinv ?posrE ?ler_addl // ltr_paddr.
  apply: (@le_trans _ _ (2%:R / N%:R)); last first.
    rewrite -[X in X <= _]add0r ler_add // ler_pmul2r ?invr_gt0 // ler_addr.
    exact: r0.
  rewrite ler_pdivl_mulr // mulrC ler_pdivr_mulr // /rho mulrA [2%:R * a]mulrC.
  by rewrite ler_pemull // ltW.
have a1' : a < 1.
  apply: (@le_lt_trans _ _ (1 / 2%:R)); first by rewrite ler_pdivl_mulr ?ltr0n.
  by rewrite ltr_pdivr_mulr ?ltr0n // mul1r ltr1n.
have s1 : 0 < 1 - a by rewrite subr_gt0.
have ru : 0 < rho + u by rewrite ltr_paddl // exprn_gt0.
(* u >= v E(-d) with d = a (1 + rho) / (2 (1 - a)) <= a (1 + rho) *)
pose d := a * (1 + rho) / (2%:R * (1 - a)).
have ud : v * (1 - d) <= u.
  apply: le_trans (power_below m.+1 a0 a1').
  have -> : - (a / (1 - a) * m.+1%:R) = - (rho / 2%:R) - d.
    have NE : N%:R = m%:R *+ 2 + 1 :> R by rewrite /N -addn1 natrD -muln2 natrM mulr_natr.
    rewrite /d /rho NE [m.+1%:R]mulrS; field.
    by rewrite gt_eqF.
  by rewrite ED ler_pmul2l //; apply: E1.
have d1 : d <= a * (1 + rho).
  rewrite /d ler_pdivr_mulr ?mulr_gt0 ?ltr0n // ler_pemulr ?mulr_ge0 ?addr_ge0 ?ler01 //.
  have -> : 2%:R * (1 - a) = 1 + (1 - a * 2%:R) by ring.
  by rewrite ler_addl subr_ge0.
have d0 : 0 <= d.
  have b1 : 0 <= 1 + rho by rewrite addr_ge0 ?ler01.
  by rewrite /d divr_ge0 // mulr_ge0 // ler0n.
have -> : (rho + u)^-1 = (rho + v)^-1 + (v - u) / (rho + v) / (rho + u).
  by field; rewrite !gt_eqF.
rewrite ler_add2l ler_pdivr_mulr //; apply: (@le_trans _ _ d).
  rewrite ler_pdivr_mulr //; apply: (@le_trans _ _ (v * d)).
    rewrite -subr_ge0; rewrite -subr_ge0 in ud; move: ud; congr (0 <= _); ring.
  by rewrite mulrC ler_wpmul2l // ler_addr.
apply: le_trans d1 _; apply: (@le_trans _ _ ((rho + 2%:R) / N%:R * rho)).
  rewrite {3}/rho [a * N%:R]mulrC mulrA divfK ?gt_eqF // mulrC ler_wpmul2r //.
  by rewrite addrC ler_add2l ler1n.
have B0 : 0 <= (rho + 2%:R) / N%:R.
  by apply: divr_ge0; [rewrite addr_ge0 ?ler0n|rewrite ler0n].
by apply: ler_wpmul2l => //; rewrite ler_addl.
Qed.

End Hardness.

(* CRS-T1.3: for every rho and eps there is an instance on which no scheme guarantees alpha_0 + eps *)
Section Limit.
Variables (R : archiFieldType) (E : R -> R).
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t).

Theorem CRS_T1_3 rho eps : 0 <= rho -> 0 < eps ->
  exists n (x : nat -> R),
    [/\ forall i, (i < n)%N -> 0 <= x i <= 1, \sum_(i < n) x i = rho
      & forall beta, fb_guaranteed n x beta ->
          beta <= E (rho / 2%:R) / (1 + rho * E (rho / 2%:R)) + eps].
Proof.
move=> r0 e0; have b0 : 0 <= (rho + 2%:R) / eps + rho by rewrite addr_ge0 ?divr_ge0 ?addr_ge0 ?ler0n // ltW.
pose m := Num.bound ((rho + 2%:R) / eps + rho); pose N := m.*2.+1.
have big : (rho + 2%:R) / eps + rho < N%:R.
  apply: lt_le_trans (archi_boundP b0) _; rewrite ler_nat -/m /N -addnn.
  by rewrite (leq_trans (leq_addr m m)).
have N0 : 0 < N%:R :> R by rewrite ltr0n.
have aN : rho / N%:R * N%:R = rho by rewrite divfK // gt_eqF.
have a0 : 0 <= rho / N%:R by rewrite divr_ge0 // ltW.
have a1 : rho / N%:R <= 1.
  rewrite ler_pdivr_mulr // mul1r; apply: le_trans (ltW big).
  by rewrite ler_addr divr_ge0 ?addr_ge0 ?ler0n // ltW.
exists N, (fun=> rho / N%:R); split=> [i _||beta /(CRS_T3_4 E0 ED E1 a0 a1)].
- by rewrite a0.
- by rewrite sumr_const card_ord -[LHS]mulr_natr aN.
rewrite -/N aN => le; apply: le_trans le _; rewrite ler_add2l ler_pdivr_mulr // mulrC -ler_pdivr_mulr //.
by apply: le_trans (ltW big); rewrite ler_addl.
Qed.
End Limit.
