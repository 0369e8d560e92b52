(* third.v -- CRS-T1.4: a forward-backward knapsack scheme accepts every element of every size with probability at
   least 1/3, where the mean sizes add up to at most 1; and CRS-T1.1 for services of any types.  Laws are finite. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention demands optimum lpsi phi rationing knapsack whole stepwise load algorithm3.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Chord.
Variables (R : realFieldType) (E : R -> R).
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t).
Let Ep t : 0 < E t := E_gt0 E0 ED t.

(* E(1/8) >= 9/8, and (9/8)^12 > 4 *)
Lemma E_three_halves : 4%:R <= E (3%:R / 2%:R).
Proof.
have square t a b : 0 <= a -> b <= a * a -> a <= E t -> b <= E (t + t).
  by move=> a0 ba at_; rewrite ED; apply: le_trans ba _; apply: ler_pmul.
have e1 : 9%:R / 8%:R <= E (1 / 8%:R) by apply: le_trans (E1 _); rewrite le_eqVlt (_ : _ == _) //; apply/eqP; field.
have e2 : 34%:R / 27%:R <= E (1 / 8%:R + 1 / 8%:R).
  apply: square e1; first by rewrite divr_ge0 ?ler0n.
  by rewrite -subr_ge0 [X in _ <= X](_ : _ = 11%:R / (27%:R * 64%:R)) ?divr_ge0 ?mulr_ge0 ?ler0n //; field.
have e3 : 17%:R / 12%:R <= E (3%:R / 8%:R).
  have -> : 3%:R / 8%:R = 1 / 8%:R + (1 / 8%:R + 1 / 8%:R) :> R by field.
  have -> : 17%:R / 12%:R = 9%:R / 8%:R * (34%:R / 27%:R) :> R by field.
  by rewrite ED; apply: ler_pmul; rewrite ?divr_ge0 ?ler0n.
have e4 : 2%:R <= E (3%:R / 8%:R + 3%:R / 8%:R).
  apply: square e3; first by rewrite divr_ge0 ?ler0n.
  by rewrite -subr_ge0 [X in _ <= X](_ : _ = 1 / (12%:R * 12%:R)) ?divr_ge0 ?mulr_ge0 ?ler0n ?ler01 //; field.
have -> : 3%:R / 2%:R = (3%:R / 8%:R + 3%:R / 8%:R) + (3%:R / 8%:R + 3%:R / 8%:R) :> R by field.
by apply: square e4; rewrite ?ler0n // -natrM ler_nat.
Qed.

Lemma chord y : 0 <= y <= 3%:R / 2%:R -> E (- y) <= 1 - y / 2%:R.
Proof.
case/andP=> y0 y1; set W := E (- y); set F := E (- (3%:R / 2%:R)).
have sub (a b : R) : a <= b -> 0 <= b - a by rewrite subr_ge0.
have F1 : 4%:R * F <= 1.
  have e : F * E (3%:R / 2%:R) = 1 by rewrite -ED addNr E0.
  by have := ler_wpmul2l (ltW (Ep (- (3%:R / 2%:R)))) E_three_halves; rewrite e mulrC.
have t0 := E_tangent E0 ED E1 (- y) 0; rewrite E0 -/W in t0.
have t1 : W * (1 + (- (3%:R / 2%:R) - - y)) <= F := E_tangent E0 ED E1 _ _.
have : 0 <= 3%:R / 2%:R * (1 - y / 2%:R - W).
  rewrite [X in _ <= X](_ : _ = (3%:R / 2%:R - y) * (1 - W * (1 + (0 - - y))) + y * (F - W * (1 + (- (3%:R / 2%:R) - - y)))
    + y / 4%:R * (1 - 4%:R * F)); last by field.
  apply: addr_ge0 (addr_ge0 (mulr_ge0 (sub _ _ y1) (sub _ _ t0)) (mulr_ge0 y0 (sub _ _ t1))) (mulr_ge0 _ (sub _ _ F1)).
  by rewrite divr_ge0 ?ler0n.
by rewrite pmulr_rge0 ?subr_ge0 // divr_gt0 ?ltr0n.
Qed.

(* CRS-P4.3, 4/9 - 2z/9 integrated from 0 is 4z/9 - z^2/9 *)
Lemma exponent (z : R) : 0 <= z <= 1 -> 0 <= 2%:R * z - z * z / 2%:R <= 3%:R / 2%:R.
Proof.
case/andP=> z0 z1; have z1' : 0 <= 1 - z by rewrite subr_ge0.
apply/andP; split.
  rewrite [X in _ <= X](_ : _ = z / 2%:R * (1 - z) + 3%:R / 2%:R * z); last by field.
  by rewrite addr_ge0 ?mulr_ge0 ?invr_ge0 ?ler0n.
rewrite -subr_ge0 [X in _ <= X](_ : _ = (1 - z) / 2%:R + (1 - z) / 2%:R * (1 + (1 - z))); last by field.
by rewrite addr_ge0 ?mulr_ge0 ?invr_ge0 ?ler0n // addr_ge0 ?ler01.
Qed.
Theorem CRS_P4_3 (z : R) : 0 <= z <= 1 ->
  [/\ (phi_third z + phi_third (1 - z)) / 2%:R = 1 / 3%:R, phi_third z <= 1 - phi_third 0 - Phi_third z
    & phi_third z <= 1 - 2%:R * Phi_third z - phi_third 0 * E (- (2%:R / phi_third 0) * Phi_third z)].
Proof.
have -> : phi_third 0 = 4%:R / 9%:R :> R by rewrite /phi_third mulr0 mul0r subr0.
rewrite /phi_third /Phi_third => z01; have /andP[_ z1] := z01; have z1' : 0 <= 1 - z by rewrite subr_ge0.
have nine (a b : R) : 0 <= 9%:R * (b - a) -> a <= b by rewrite pmulr_rge0 ?ltr0n // subr_ge0.
split; first by field.
  by apply: nine; rewrite [X in _ <= X](_ : _ = (1 - z) * (1 - z)); [rewrite mulr_ge0|field].
have -> : - (2%:R / (4%:R / 9%:R)) * (4%:R * z / 9%:R - z ^+ 2 / 9%:R) = - (2%:R * z - z * z / 2%:R) by field.
have := chord (exponent z01); rewrite -subr_ge0 => V; set v := E _ in V *.
apply: nine; rewrite [X in _ <= X](_ : _ = 4%:R * (1 - (2%:R * z - z * z / 2%:R) / 2%:R - v) + (1 - z) * (1 - z)); last by field.
by rewrite addr_ge0 // mulr_ge0 ?ler0n.
Qed.

(* CRS-L4.4: the choice of (4.18) is one of Definition 5 *)
Notation third := (@third R).
Lemma third_sum mu k : \sum_(j < k) third mu j * mu j = 4%:R / 9%:R * start mu k - start mu k ^+ 2 / 9%:R.
Proof.
elim: k => [|k IH]; first by rewrite /start !big_ord0 expr2 !mulr0 mul0r subr0.
by rewrite big_ord_recr /= IH startS /demands.third; field.
Qed.
Theorem CRS_L4_4_order n (mu : nat -> R) : (forall k, 0 <= mu k) -> start mu n <= 1 -> feasible_order E n mu (third mu).
Proof.
move=> mu0 mu1 k kn /=; rewrite third_sum; set s := start mu k.
have sub (a b : R) : a <= b -> 0 <= b - a by rewrite subr_ge0.
have mono i j : (i <= j)%N -> start mu i <= start mu j.
  by move=> /subnK <-; elim: (j - i)%N => [|m IH]; rewrite ?lexx // addSn startS (le_trans IH) // ler_addl.
have s0 : 0 <= s by apply: sumr_ge0 => i _.
have s1 : s + mu k <= 1 by rewrite -startS (le_trans _ mu1) // mono.
have first : third mu 0 = 4%:R / 9%:R - mu 0%N / 9%:R by rewrite /demands.third /start big_ord0 mulr0 add0r.
have m1 : mu 0%N <= 1 by apply: le_trans mu1; have := mono 1%N n (leq_ltn_trans (leq0n k) kn); rewrite startS /start big_ord0 add0r.
have s1' : s <= 1 by apply: le_trans s1; rewrite ler_addl.
have c4 : third mu k <= 4%:R / 9%:R - 2%:R / 9%:R * s.
  rewrite -subr_ge0 [X in _ <= X](_ : _ = mu k / 9%:R) ?divr_ge0 ?ler0n //.
  by rewrite /demands.third -/s; field.
have nine (a b : R) : 0 <= 9%:R * (b - a) -> a <= b by rewrite pmulr_rge0 ?ltr0n // subr_ge0.
split.
- apply: nine; rewrite [X in _ <= X](_ : _ = 2%:R + (2%:R * (1 - (s + mu k)) + mu k)).
    by rewrite addr_ge0 ?ler0n // addr_ge0 // mulr_ge0 ?ler0n // sub.
  by rewrite /demands.third -/s; field.
- move=> _; apply: nine; rewrite [X in _ <= X](_ : _ = mu k + mu k.+1) ?addr_ge0 //.
  by rewrite /demands.third startS -/s; field.
- apply: nine; rewrite first [X in _ <= X](_ : _ = mu 0%N + mu k + (1 - s) * (1 - s)).
    by rewrite addr_ge0 ?addr_ge0 // mulr_ge0 ?sub.
  by rewrite /demands.third -/s; field.
have f0 : 0 < third mu 0.
  by rewrite first -mulrBl divr_gt0 ?ltr0n // subr_gt0 (le_lt_trans m1) // ltr1n.
set f := third mu 0 in first f0 *; set M := _ - _ / _; set U := E _.
have v01 : 0 <= 2%:R * s - s * s / 2%:R <= 3%:R / 2%:R by apply: exponent; rewrite s0.
have /andP[v0 _] := v01.
have V := chord v01; set v := E _ in V.
have Mv : 2%:R * s - s * s / 2%:R <= 2%:R / f * M.
  rewrite [2%:R / f * M]mulrAC ler_pdivl_mulr // -subr_ge0 [X in _ <= X](_ : _ = mu 0%N / 9%:R * (2%:R * s - s * s / 2%:R)).
    by rewrite !mulr_ge0 ?invr_ge0 ?ler0n.
  by rewrite first /M; field.
have UV : U <= v by apply: (E_mono E0 ED E1); rewrite mulNr ler_opp2.
have fU : 9%:R * (f * U) <= 4%:R * U.
  by rewrite mulrA ler_wpmul2r ?(ltW (Ep _)) // first -subr_ge0 [X in _ <= X](_ : _ = mu 0%N) //; field.
apply: nine; rewrite [X in _ <= X](_ : _ = 9%:R * (4%:R / 9%:R - 2%:R / 9%:R * s - third mu k) + (4%:R * U - 9%:R * (f * U))
  + 4%:R * (v - U) + 4%:R * (1 - (2%:R * s - s * s / 2%:R) / 2%:R - v) + (1 - s) * (1 - s)); last by rewrite /M; field.
have n4 m : 0 <= m%:R :> R := ler0n _ m.
exact: addr_ge0 (addr_ge0 (addr_ge0 (addr_ge0 (mulr_ge0 (n4 _) (sub _ _ c4)) (sub _ _ fU)) (mulr_ge0 (n4 _) (sub _ _ UV)))
  (mulr_ge0 (n4 _) (sub _ _ V))) (mulr_ge0 (sub _ _ s1') (sub _ _ s1')).
Qed.

(* both orders *)
Notation mus l n mu := (fun k => mu (fb n l k)).
Lemma fb_lt n l k : (k < n)%N -> (fb n l k < n)%N.
Proof. by case: l => //= kn; rewrite -subSn // subSS leq_subr. Qed.
Lemma fbK n l k : (k < n)%N -> fb n l (fb n l k) = k.
Proof. by case: l => //= kn; rewrite subnSK // subKn // ltnW. Qed.
Lemma start_fb n l (mu : nat -> R) : start (mus l n mu) n = start mu n.
Proof. by case: l => //=; rewrite start_rev // subnn [X in _ - X]big_ord0 subr0. Qed.

Theorem CRS_L4_4 n (mu : nat -> R) : (forall k, 0 <= mu k) -> \sum_(i < n) mu i <= 1 ->
  definition5 E n mu (fun l => third (mus l n mu)) /\
  forall i, (i < n)%N -> 1 / 3%:R <= \sum_l half R l * third (mus l n mu) (fb n l i).
Proof.
move=> mu0 mu1; split=> [l|i iN]; first by apply: CRS_L4_4_order => [k|]; rewrite ?mu0 // start_fb.
have e : \sum_l half R l * third (mus l n mu) (fb n l i) = 4%:R / 9%:R - start mu n / 9%:R.
  rewrite big_bool -[third (mus true n mu)]/(third mu) /half /demands.third /= start_rev ?leq_subr // subKn // subnSK // subKn ?(ltnW iN) // startS; by field.
rewrite e -subr_ge0 [X in _ <= X](_ : _ = (1 - start mu n) / 9%:R); last by field.
by rewrite divr_ge0 ?ler0n // subr_ge0.
Qed.

(* CRS-T4.1 in both orders, by elements: with the wanted probabilities at position pos of the order l *)
Section Demands.
Variables (J : finType) (g d : nat -> J -> R) (n : nat).
Hypotheses (g0 : forall k j, 0 <= g k j) (g1 : forall k, \sum_j g k j <= 1) (d0 : forall k j, 0 <= d k j).
Notation gl l := (fun k => g (fb n l k)).
Notation dl l := (fun k => d (fb n l k)).

Theorem CRS_T4_1 c : definition5 E n (xload g d) c -> forall l i, (i < n)%N ->
  (forall s, accepts_any (gl l) (dl l) n (c l) (fb n l i) s = c l (fb n l i)) /\
  forall j, accepts_size (gl l) (alg3 (gl l) (dl l) n (c l)) (fb n l i) j = c l (fb n l i).
Proof.
move=> dc l i iN; apply: (CRS_T4_1_order E0 ED E1) (dc l) (fb_lt l iN) => [k j|k|k j]; [exact: g0|exact: g1|exact: d0].
Qed.

Theorem CRS_T1_4 : \sum_(i < n) xload g d i <= 1 ->
  exists p : bool -> policy R J, (forall l, is_policy (dl l) (p l)) /\
  forall i j, (i < n)%N -> 1 / 3%:R <= \sum_l half R l * accepts_size (gl l) (p l) (fb n l i) j.
Proof.
move=> le; have x0 k : 0 <= xload g d k by apply: sumr_ge0 => j _; rewrite mulr_ge0 // /unit_demand le_minr d0 ler01.
have [dc third_] := CRS_L4_4 x0 le; set c := (fun l => _) in dc.
exists (fun l => alg3 (gl l) (dl l) n (c l)); split=> [l|i j iN].
  apply: alg3_policy => [k j|k|k j|k kn]; [exact: g0|exact: g1|exact: d0|by case: (dc l k kn)].
apply: le_trans (third_ i iN) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
by apply: eq_bigr => l _; congr (_ * _); have [_ ->] := CRS_T4_1 dc l iN.
Qed.

(* CRS-T1.1 for any types: an agent with the service s_i, s_i(0, x) >= 0, is served with at least a third of its target *)
Theorem CRS_T1_1_third (s : nat -> R -> R -> R) : \sum_(i < n) xload g d i <= 1 ->
  (forall i x, 0 <= s i 0 x) -> (forall i j, 0 <= s i (unit_demand d i j) (d i j)) ->
  exists p : bool -> policy R J, (forall l, is_policy (dl l) (p l)) /\
  forall i, (i < n)%N -> 1 / 3%:R * (\sum_j g i j * s i (unit_demand d i j) (d i j))
    <= \sum_l half R l * served (gl l) (dl l) (s i) (p l) (fb n l i).
Proof.
move=> le s0 sp; have [p [pol acc]] := CRS_T1_4 le; exists p; split=> // i iN.
have half0 l : 0 <= half R l by rewrite divr_ge0 ?ler0n ?ler01.
exact: (CRS_T1_1_whole (at_ := fb n) (pos := fb n) g0 g1 half0 (@fbK n) pol s0 sp (fun i j iN => acc i j iN)).
Qed.
End Demands.
End Chord.
