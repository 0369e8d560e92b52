(* race.v -- the sampler of list matching reaches its bound at least: a draft is the output by its own clock with that
   total probability; other coincidences come on top if there is more than one draft. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft schemes integral riemann clocks gls.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Events.
Variables (R : realFieldType) (Omega : finType) (K : nat) (p q : Omega -> R) (S : Omega -> 'I_K.+1 -> R).

Theorem emits_unique k j l i : emits q S k j -> emits q S l i -> (i, l) = (j, k).
Proof.
move=> A B; apply/eqP; apply/negP => /negP n.
have a := A _ _ n; rewrite eq_sym in n; have b := B _ _ n.
by have := lt_trans a b; rewrite ltxx.
Qed.

Theorem coincide_iff k j : 0 < p j -> 0 < q j -> 0 <= S j k ->
  takes p S k j /\ emits q S k j <->
  (forall i, i != j -> pace p q j i * S j k < S i k) /\
  (forall l i, l != k -> q i / q j * S j k < S i l).
Proof.
move=> pj qj s0.
have over (r x t : R) : 0 < r -> (x / r * S j k < t) = (S j k * x < t * r).
  by move=> r0; rewrite mulrAC ltr_pdivr_mulr // [x * _]mulrC.
have both i t : (pace p q j i * S j k < t) = (S j k * p i < t * p j) && (S j k * q i < t * q j).
  by rewrite -!over // /pace maxr_pmull // lt_maxl.
split=> [[D M]|[A B]]; split.
- by move=> i n; rewrite both D // M // xpair_eqE negb_and n.
- by move=> l i n; rewrite over // M // xpair_eqE negb_and n orbT.
- by move=> i /A; rewrite both => /andP[].
move=> i l; case: (eqVneq l k) => [->|n _]; last by rewrite -over // B.
by rewrite xpair_eqE eqxx andbT => /A; rewrite both => /andP[].
Qed.
End Events.

Section Race.
Variables (R : realFieldType) (E : R -> R).
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t).

Lemma E_ge0 t : 0 <= E t.
Proof. have -> : t = t / 2%:R + t / 2%:R by field. by rewrite ED -expr2 sqr_ge0. Qed.

(* a clock at the rate r, cut at t *)
Lemma race_integral r t : 0 < r -> 0 <= t -> integral (fun s => E (- (r * s))) 0 t ((1 - E (- (r * t))) / r).
Proof.
move=> r0 t0; pose F s := - E (- (r * s)) / r.
have -> : (1 - E (- (r * t))) / r = F t - F 0 by rewrite /F mulr0 oppr0 E0; field; rewrite gt_eqF.
apply: monotone_integral => // x y _ xy _.
have step a b : E (- (r * b)) - E (- (r * a)) <= r * (a - b) * E (- (r * b)) .
  have -> : - (r * a) = r * (b - a) + - (r * b) by ring.
  rewrite ED -{1}[E (- (r * b))]mul1r -mulrBl; apply: ler_wpmul2r; first exact: E_ge0.
  have := E1 (r * (b - a)); rewrite -subr_ge0 => h; rewrite -subr_ge0.
  by apply: le_trans h _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have d0 : 0 <= y - x by rewrite subr_ge0.
have eq : F y - F x = (E (- (r * x)) - E (- (r * y))) / r by rewrite /F; field; rewrite gt_eqF.
have up : F y - F x <= E (- (r * x)) * (y - x).
  rewrite eq ler_pdivr_mulr //; have := step y x.
  by have -> : r * (y - x) * E (- (r * x)) = E (- (r * x)) * (y - x) * r by ring.
have lo : E (- (r * y)) * (y - x) <= F y - F x.
  rewrite eq ler_pdivl_mulr //; have := step x y; rewrite -ler_opp2 opprB.
  have -> : - (r * (x - y) * E (- (r * y))) = E (- (r * y)) * (y - x) * r by ring.
  by [].
split; last by rewrite lo up.
have w : 0 <= E (- (r * x)) - E (- (r * y)).
  have [->|n] := eqVneq x y; first by rewrite subrr.
  have d : 0 < y - x by rewrite subr_gt0 lt_neqAle n.
  have := le_trans (mulr_ge0 (E_ge0 (- (r * y))) d0) lo.
  by rewrite eq pmulr_lge0 // invr_gt0.
by rewrite -subr_ge0.
Qed.

Lemma race_improper r : 0 < r -> improper (fun s => E (- (r * s))) r^-1.
Proof.
move=> r0 eps e0; exists (r * r * eps)^-1; first by rewrite invr_ge0 !mulr_ge0 // ltW.
move=> t Tt; have T0 : 0 < (r * r * eps)^-1 by rewrite invr_gt0 !mulr_gt0.
have t0 := lt_le_trans T0 Tt; exists ((1 - E (- (r * t))) / r); first exact: race_integral (ltW t0).
have -> : (1 - E (- (r * t))) / r - r^-1 = - (E (- (r * t)) / r) by field; rewrite gt_eqF.
rewrite normrN ger0_norm ?divr_ge0 ?E_ge0 ?(ltW r0) // ler_pdivr_mulr //.
have rt : 0 < r * t by rewrite mulr_gt0.
have one : E (- (r * t)) * E (r * t) = 1 by rewrite -ED addNr E0.
have big : r * t <= E (r * t) by apply: le_trans (E1 _); rewrite ler_addr ler01.
have Ert : 0 < E (r * t) := lt_le_trans rt big.
have -> : E (- (r * t)) = (E (r * t))^-1 by rewrite -[LHS]mulr1 -(divff (lt0r_neq0 Ert)) mulrA one mul1r.
apply: (@le_trans _ _ (r * t)^-1); first by rewrite lef_pinv ?posrE.
have -> : eps * r = (r * (r * r * eps)^-1)^-1 by field; rewrite !gt_eqF.
by rewrite lef_pinv ?posrE ?mulr_gt0 // ler_pmul2l.
Qed.

Variables (Omega : finType) (K : nat) (p q : Omega -> R).
Hypotheses (p_ge0 : forall i, 0 <= p i) (q_ge0 : forall i, 0 <= q i) (q_total : \sum_i q i = 1).

Lemma E_sum (I : finType) (P : pred I) (g : I -> R) : \prod_(i | P i) E (g i) = E (\sum_(i | P i) g i).
Proof. by elim/big_rec2: _ => // i y x _ ->; rewrite ED. Qed.

Lemma den_least j : 0 < p j -> 0 < q j ->
  gls_den K p q j = 1 + \sum_(i | i != j) pace p q j i + K%:R / q j.
Proof.
by move=> pj qj; rewrite /gls_den (bigD1 j) //= !divff ?gt_eqF // /Num.max ltxx.
Qed.

Lemma coincide_rate k j s : p j * q j != 0 -> coincide p q E (k : 'I_K.+1) j s = E (- (gls_den K p q j * s)).
Proof.
move=> /(gls_pos p_ge0 q_ge0)[pj qj]; rewrite /coincide.
under [X in _ * _ * X]eq_bigr => l _ do rewrite E_sum.
rewrite !E_sum -!ED; congr E.
rewrite !sumrN -!mulr_suml q_total sumr_const cardC1 card_ord den_least // -[1 *+ _]/(K%:R).
by field; rewrite gt_eqF.
Qed.

(* so draft k is the output, by its clock at j, with the probability 1/gls_den j, whichever of the K+1 drafts it is *)
Theorem gls_race : exists2 P : Omega -> 'I_K.+1 -> R,
  forall k j, p j * q j != 0 -> improper (coincide p q E k j) (P j k) &
  \sum_(j | p j * q j != 0) \sum_k P j k = gls K p q.
Proof.
exists (fun j _ => (gls_den K p q j)^-1) => [k j n|].
  have [pj qj] := gls_pos p_ge0 q_ge0 n.
  have d0 : 0 < gls_den K p q j.
    rewrite den_least // -addrA ltr_paddr ?ltr01 // addr_ge0 ?divr_ge0 ?ler0n // sumr_ge0 // => i _.
    by rewrite le_maxr divr_ge0.
  move=> eps /(race_improper d0)[T T0 H]; exists T => // t /H[J I near]; exists J => //.
  move=> e /I[d dp S]; exists d => // m u v /S.
  by under [X in _ -> `|X - _| <= _]eq_bigr => i _ do rewrite (coincide_rate _ _ n).
rewrite big_mkcond; apply: eq_bigr => j _; rewrite /gls_term; case: eqP => //= _.
by rewrite sumr_const card_ord mulr_natl.
Qed.
End Race.
