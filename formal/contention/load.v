(* load.v -- the law of the load that Algorithm 3 of [CRS] makes, and the step of (4.6): CRS-LC.2. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention demands optimum lpsi phi rationing knapsack whole stepwise.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- the bit of lines 8 to 13, for one law L, wanted probability c and size s ---- *)
Section Bit.
Variables (R : realFieldType) (L : seq (R * R)) (c s : R).
Hypotheses (GL : lawful L) (c0 : 0 <= c) (s0 : 0 <= s).
Let w := lawful_weighted GL.
Notation P := (pr_fits L s).
Notation empty := (pr_empty L).

Lemma Ew_le0 f : (forall T, f T <= 0) -> Ew L f <= 0.
Proof. by move=> f0; rewrite /Ew big_seq -oppr_ge0 -sumrN sumr_ge0 // => t /(allP w) t0; rewrite oppr_ge0 mulr_ge0_le0. Qed.
Lemma pr_empty_ge0 : 0 <= empty.
Proof. by rewrite /pr_empty /Ew big_seq sumr_ge0 // => t /(allP w) t0; rewrite mulr_ge0 ?ler0n. Qed.
Lemma bit01 T : 0 <= bit L c s T <= 1.
Proof.
have m (x : R) : 0 <= x -> 0 <= Num.min 1 x <= 1 by move=> x0; rewrite le_minr ler01 x0 le_minl lexx.
rewrite /bit; case: ifP => _; first by rewrite m // divr_ge0 // (pr_fits_ge0 w).
case: ifP => [/andP[_ le]|_]; last by rewrite lexx ler01.
by rewrite m // divr_ge0 ?pr_empty_ge0 // subr_ge0 ltW.
Qed.
(* what is accepted has room *)
Lemma bit_room T : s <= 1 -> 1 < T + s -> bit L c s T = 0.
Proof.
move=> s1 Ts; rewrite /bit /fits ler_subr_addr [T + s <= 1]leNgt Ts andbF.
by case: eqP Ts => // ->; rewrite add0r ltNge s1.
Qed.

(* 1 on (0, b], W on (b, 1-b] *)
Variables (b W : R).
Hypotheses (b0 : 0 < b) (b2 : b <= 1 - b) (W0 : 0 <= W) (W1 : W <= 1).
Definition low T : R := (0 < T <= b)%R%:R.
Definition middle T : R := (b < T <= 1 - b)%R%:R.
Definition psi T : R := if T <= 0 then 0 else if T <= b then 1 else if T <= 1 - b then W else 0.
Lemma psi0 T : T <= 0 -> psi T = 0. Proof. by rewrite /psi => ->. Qed.
Lemma psi_low T : 0 < T -> T <= b -> psi T = 1. Proof. by rewrite /psi ltNge => /negbTE-> ->. Qed.
Lemma psi_middle T : b < T -> T <= 1 - b -> psi T = W.
Proof. by move=> bT; rewrite /psi !leNgt (lt_trans b0 bT) bT /= -leNgt => ->. Qed.
Lemma psi_high T : 1 - b < T -> psi T = 0.
Proof. by move=> hT; have bT := le_lt_trans b2 hT; rewrite /psi !leNgt (lt_trans b0 bT) bT hT. Qed.
Lemma psi01 T : 0 <= psi T <= 1.
Proof. by rewrite /psi; do 3?case: ifP => _; rewrite ?lexx ?ler01 ?W0 ?W1. Qed.
Lemma psiE T : psi T = low T + W * middle T.
Proof.
rewrite /psi /low /middle; have [T0|T0] := leP T 0.
  by rewrite /= ltNge (le_trans T0) ?(ltW b0) //= mulr0 addr0.
have [Tb|bT] /= := leP T b; first by rewrite mulr0 addr0.
by case: ifP; rewrite ?mulr1 ?mulr0 add0r.
Qed.
Lemma psi_decr T T' : 0 < T -> T <= T' -> psi T' <= psi T.
Proof.
move=> T0 TT'; have /andP[p0 p1] := psi01 T'; have T0' := lt_le_trans T0 TT'.
have [Tb|bT] := leP T b; first by rewrite (psi_low T0 Tb).
have [hT|Th] := ltP (1 - b) T'; first by rewrite psi_high //; case/andP: (psi01 T).
by rewrite !psi_middle // ?(le_trans TT') // (lt_le_trans bT).
Qed.

(* what the acceptance of s changes in psi, where the load had room *)
Definition change T := (fits s T)%:R * (psi (T + s) - psi T).
Lemma change_le0 T : change T <= 0.
Proof.
rewrite /change /fits; case: ltP => [T0|_] /=; last by rewrite mul0r.
by rewrite mulr_ge0_le0 ?ler0n // subr_le0 psi_decr // ler_addl.
Qed.
Lemma change_ge T : - (fits s T)%:R <= change T.
Proof.
rewrite -mulrN1 /change ler_wpmul2l ?ler0n // -subr_ge0 opprK addrAC -addrA addr_ge0 ?subr_ge0 //.
  by case/andP: (psi01 (T + s)).
by case/andP: (psi01 T).
Qed.

Lemma bit_change : Ew L (fun T => bit L c s T * (psi (T + s) - psi T)) <=
  if P < c then Ew L change + (c - P) * psi s else 0.
Proof.
pose u := Num.min 1 (c / P).
pose v := if P < c then Num.min 1 ((c - P) / empty) else 0.
have -> : Ew L (fun T => bit L c s T * (psi (T + s) - psi T)) = u * Ew L change + v * empty * psi s.
  rewrite /pr_empty -EwZ mulrAC -EwZ -EwD; apply: Ew_ext => T; rewrite /bit /change -/u.
  have [/andP[T0 _]|_] := boolP (fits s T); first by rewrite gt_eqF // mul1r mulr0 addr0.
  rewrite mul0r mulr0 add0r /v; case: eqP => [->|_] /=; last by rewrite mulr0 mul0r.
  by rewrite add0r /psi lexx subr0 mulr1; case: ifP; rewrite ?mul0r.
have f0 := pr_fits_ge0 w s.
have X0 : Ew L change <= 0.
  by apply: Ew_le0 => T; exact: change_le0.
have [Pc|cP] := ltP P c; last first.
  by rewrite /v ltNge cP !mul0r addr0 mulr_ge0_le0 // /u le_minr ler01 divr_ge0.
apply: ler_add.
  have [P0|Pn] := eqVneq P 0.
    have -> : Ew L change = 0; last by rewrite mulr0.
    apply: le_anti; rewrite X0 -oppr0 -P0 -EwN; apply: Ew_le => // t _; exact: change_ge.
  rewrite /u min_l ?mul1r // ler_pdivl_mulr ?mul1r ?(ltW Pc) //.
  by rewrite lt_neqAle eq_sym Pn.
rewrite ler_wpmul2r //; first by case/andP: (psi01 s).
rewrite /v Pc; have [->|en] := eqVneq empty 0; first by rewrite mulr0 subr_ge0 ltW.
have e0 : 0 < empty by rewrite lt_neqAle eq_sym en pr_empty_ge0.
by rewrite -ler_pdivl_mulr // le_minl lexx orbT.
Qed.

(* the step of (4.6) for one size: by the parts of [0, 1] in which s lies *)
Lemma step_size c1 : c <= c1 -> Ew L low <= c1 * W -> c1 - Ew L middle <= c1 * W ->
  Ew L (fun T => bit L c s T * (psi (T + s) - psi T)) <= c1 * W - Ew L low.
Proof.
move=> cc lo mi; apply: le_trans bit_change _.
have [Pc|_] := ltP P c; last by rewrite subr_ge0.
have -> : Ew L change + (c - P) * psi s = Ew L (fun T => change T - psi s * (fits s T)%:R) + c * psi s.
  by rewrite EwD EwN EwZ -/P /pr_fits; ring.
have case1 : psi s = 1 -> s <= b -> Ew L (fun T => change T - psi s * (fits s T)%:R) <= - (Ew L low + Ew L middle).
  move=> -> sb; rewrite -EwD -EwN; apply: lawful_le => // T /andP[T0 _]; rewrite mul1r.
  have le : low T + middle T <= (fits s T)%:R.
    rewrite /low /middle /fits; have [T00|T1] := ltP 0 T; last first.
      by rewrite /= add0r ltNge (le_trans T1) ?(ltW b0) // ler0n.
    have r (x : R) : x <= 1 - b -> x <= 1 - s by move=> h; apply: le_trans h _; rewrite ler_add2l ler_opp2.
    have [Tb|bT] /= := leP T b; first by rewrite addr0 (r _ (le_trans Tb b2)).
    by rewrite add0r; case: (T <= 1 - b) (@r T) => [->|_]; rewrite ?ler0n.
  by apply: (@le_trans _ _ (- (fits s T)%:R)); rewrite ?ler_opp2 // ger_addr change_le0.
have case2 : psi s = W -> b < s -> s <= 1 - b -> Ew L (fun T => change T - psi s * (fits s T)%:R) <= - Ew L low.
  move=> -> bs sb; rewrite -EwN; apply: lawful_le => // T /andP[T0 _]; rewrite /low.
  have [/andP[T1 Tb]|_] := boolP (0 < T <= b).
    have ft : fits s T by rewrite /fits T1 (le_trans Tb) // ler_subr_addr -ler_subr_addl.
    rewrite /change ft mul1r mulr1 (psi_low T1 Tb) addrAC ler_subl_addr addNr subr_le0.
    have bT : b < T + s by apply: lt_le_trans bs _; rewrite ler_addr.
    by have [/(psi_middle bT)->|/psi_high->] := leP (T + s) (1 - b).
  by rewrite oppr0 subr_le0 (le_trans (change_le0 T)) // mulr_ge0 ?ler0n.
have case3 : psi s = 0 -> Ew L (fun T => change T - psi s * (fits s T)%:R) + c * psi s <= c1 * W - Ew L low.
  move=> ->; rewrite mulr0 addr0; apply: (@le_trans _ _ 0); last by rewrite subr_ge0.
  by apply: Ew_le0 => T; rewrite mul0r subr0 change_le0.
have [sz|sp] := leP s 0; first by apply: case3; rewrite psi0.
have [sb|bs] := leP s b.
  have e := psi_low sp sb; apply: le_trans (ler_add (case1 e sb) (lexx _)) _; rewrite e mulr1 addrC opprD addrCA addrC ler_add2r.
  by apply: le_trans mi; rewrite ler_add2r.
have [sb|/psi_high/case3//] := leP s (1 - b).
have e := psi_middle bs sb; apply: le_trans (ler_add (case2 e bs sb) (lexx _)) _; rewrite e addrC ler_add2r.
by rewrite ler_wpmul2r.
Qed.
End Bit.
