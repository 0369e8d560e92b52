(* exante.v -- CRS-L2.1: what any algorithm, online or offline, attains lies in the ex-ante feasible region. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities region.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- the cheapest way to a value: by the best quotients first ---- *)
Section Cheapest.
Variables (R : realFieldType) (J : finType) (m v w d : J -> R).
Hypotheses (m0 : forall j, 0 <= m j) (v0 : forall j, 0 <= v j) (w0 : forall j, 0 < w j).
Hypothesis better : forall j k, d j <= d k -> v k * w j <= v j * w k.

Lemma cut (l : seq J) (b x : R) : x < b -> b <= x + \sum_(j <- l) m j * v j ->
  exists l1 k l2, [/\ l = l1 ++ k :: l2, x + \sum_(j <- l1) m j * v j < b & b <= x + \sum_(j <- l1) m j * v j + m k * v k].
Proof.
elim: l x => [|j l IH] x lt; first by rewrite big_nil addr0 leNgt lt.
rewrite big_cons addrA => le; have [b1|b1] := leP b (x + m j * v j); first by exists [::], j, l; rewrite big_nil addr0.
have [l1 [k [l2 [-> a c]]]] := IH _ b1 le; exists (j :: l1), k, l2.
by rewrite big_cons !addrA.
Qed.
Theorem cheapest (a : J -> R) (b : R) : (forall j, 0 <= a j <= m j) -> 0 <= b <= \sum_j a j * v j ->
  exists g : J -> R, [/\ forall j, 0 <= g j <= m j, forall j k, d j < d k -> g j < m j -> g k = 0,
    \sum_j g j * v j = b & \sum_j g j * w j <= \sum_j a j * w j].
Proof.
move=> aP /andP[b0 ba]; have a0 j : 0 <= a j by case/andP: (aP j).
have am j : a j <= m j by case/andP: (aP j).
move: b0; rewrite le_eqVlt => /orP[/eqP <-|b0].
  have z (F : J -> R) : \sum_j 0 * F j = 0 by rewrite big1 // => j _; rewrite mul0r.
  exists (fun=> 0); rewrite !z; split=> // [j|]; first by rewrite lexx m0.
  by apply: sumr_ge0 => j _; rewrite mulr_ge0 // ltW.
pose le_d j k := d j <= d k; pose l := sort le_d (enum J).
have le_tr : transitive le_d by move=> j i k; apply: le_trans.
have so : sorted le_d l by apply: sort_sorted => j k; apply: le_total.
have lJ (F : J -> R) : \sum_(j <- l) F j = \sum_j F j.
  by rewrite (perm_big (enum J)) ?perm_sort // big_enum.
have un : uniq l by rewrite sort_uniq enum_uniq.
have all_l j : j \in l by rewrite mem_sort mem_enum.
have le1 : b <= 0 + \sum_(j <- l) m j * v j.
  by rewrite add0r lJ; apply: le_trans ba _; apply: ler_sum => j _; rewrite ler_wpmul2r.
have [l1 [k [l2 [lE lt ge]]]] := cut b0 le1; rewrite add0r in lt ge; set V := \sum_(j <- l1) _ in lt ge.
have mv : 0 < m k * v k by rewrite -(ltr_add2l V) addr0; apply: lt_le_trans lt ge.
have vk : 0 < v k by rewrite lt_neqAle v0 andbT; apply/eqP => z; rewrite -z mulr0 ltxx in mv.
have [ordk ord2] : (forall i j, i \in l1 -> j \in k :: l2 -> d i <= d j) /\ forall j, j \in l2 -> d k <= d j.
  move: so; rewrite (sorted_pairwise le_tr) lE pairwise_cat => /and3P[/allrelP A _ /=].
  by move=> /andP[/allP B _]; split=> [i j il jl|j jl]; [apply: (A i j il jl) | apply: (B j jl)].
have kl1 : k \notin l1.
  by move: un; rewrite lE cat_uniq => /and3P[_ /hasPn h _]; apply: h; rewrite inE eqxx.
have kl2 : k \notin l2 by move: un; rewrite lE cat_uniq => /and3P[_ _ /=/andP[]].
have l12 j : j \in l2 -> j \notin l1.
  by move: un; rewrite lE cat_uniq => /and3P[_ /hasPn h _] jl; apply: h; rewrite inE jl orbT.
pose g j := if j \in l1 then m j else if j == k then (b - V) / v k else 0.
have part j : [\/ j \in l1, j = k | j \in l2].
  by have := all_l j; rewrite lE mem_cat inE => /or3P[h|/eqP h|h]; [apply: Or31 | apply: Or32 | apply: Or33].
have gk : g k = (b - V) / v k by rewrite /g (negbTE kl1) eqxx.
have g1 j : j \in l1 -> g j = m j by rewrite /g => ->.
have g2 j : j \in l2 -> g j = 0.
  move=> jl; rewrite /g (negbTE (l12 j jl)); case: eqP => // e; by rewrite e (negbTE kl2) in jl.
have gkm : 0 <= g k <= m k.
  by rewrite gk divr_ge0 ?subr_ge0 ?(ltW lt) ?(ltW vk) //= ler_pdivr_mulr // ler_subl_addl.
have gm j : 0 <= g j <= m j.
  by case: (part j) => [/g1 ->|->|/g2 ->]; [rewrite m0 lexx | exact: gkm | rewrite lexx m0].
have sg (F : J -> R) : \sum_j g j * F j = \sum_(j <- l1) m j * F j + g k * F k.
  rewrite -lJ lE big_cat big_cons /=; congr (_ + _); first by apply: eq_big_seq => j jl; rewrite g1.
  by rewrite [X in _ + X]big1_seq ?addr0 // => j /andP[_ jl]; rewrite g2 ?mul0r.
have gv : \sum_j g j * v j = b.
  by rewrite sg gk divfK ?gt_eqF // -/V addrCA subrr addr0.
exists g; split=> // [j i ji lj|].
  case: (part i) => [il|ik|il]; last exact: g2.
    suff jl : j \in l1 by move: lj; rewrite g1 // ltxx.
    case: (part j) => // h; have := ordk i j il; first by rewrite h inE eqxx => /(_ isT); rewrite -h leNgt ji.
    by rewrite inE h orbT => /(_ isT); rewrite leNgt ji.
  suff jl : j \in l1 by move: lj; rewrite g1 // ltxx.
  case: (part j) => // [h|h]; first by rewrite h ik ltxx in ji.
  by have := ord2 j h; rewrite -ik leNgt ji.
rewrite -subr_ge0 -sumrB -(pmulr_rge0 _ vk) mulr_sumr.
have : 0 <= w k * (\sum_j a j * v j - \sum_j g j * v j) by rewrite mulr_ge0 ?(ltW (w0 k)) // subr_ge0 gv.
rewrite -sumrB mulr_sumr => h; apply: le_trans h _; apply: ler_sum => j _.
have E : v k * (a j * w j - g j * w j) - w k * (a j * v j - g j * v j) = (g j - a j) * (v j * w k - v k * w j) by ring.
rewrite -subr_ge0 E.
case: (part j) => [jl|->|jl]; rewrite ?subrr ?mulr0 //.
  by rewrite g1 // mulr_ge0 ?subr_ge0 ?am // better // ordk // inE eqxx.
by rewrite g2 // sub0r -mulrNN opprK opprB mulr_ge0 ?subr_ge0 ?a0 // better // ord2.
Qed.
End Cheapest.

(* ---- the service functions ---- *)
Section Services.
Variable R : realFieldType.
Definition mean_positive (s : service R) := if s is TypeII mu then 0 < mu else true.
Lemma serves_ge0 (s : service R) (y x : R) : mean_positive s -> 0 <= y -> 0 < x -> 0 <= serves s y x.
Proof.
case: s => [|mu|] /= h y0 x0; first by rewrite ler0n.
  by rewrite divr_ge0 ?(ltW h) // le_minr y0 ltW.
by rewrite divr_ge0 ?(ltW x0) // le_minr y0 ltW.
Qed.
(* what y is worth, by the share of min(x, 1) that it is *)
Lemma serves_share (s : service R) (y x : R) : mean_positive s -> 0 <= y <= 1 -> 0 < x ->
  serves s y x * Num.min x 1 <= Num.min y (Num.min x 1) * serves s (Num.min x 1) x.
Proof.
move=> mp /andP[y0 y1] x0; have w0 : 0 < Num.min x 1 by rewrite lt_minr x0 ltr01.
have yx : Num.min y x = Num.min y (Num.min x 1) by rewrite minA [RHS]min_l // le_minl y1.
have wx : Num.min (Num.min x 1) x = Num.min x 1 by rewrite min_l // le_minl lexx.
case: s mp => [|mu|] /= mp; try by rewrite yx wx mulrAC mulrA.
case: (leP x y) => xy; last by rewrite mul0r mulr_ge0 ?ler0n // le_minr y0 ltW.
have x1 : Num.min x 1 = x by rewrite min_l // (le_trans xy).
by rewrite x1 lexx mulr1 mul1r le_minr xy lexx.
Qed.
(* less demand, more service for what is allocated *)
Lemma serves_better (s : service R) (x z : R) : mean_positive s -> 0 < x -> x <= z ->
  serves s (Num.min z 1) z * Num.min x 1 <= serves s (Num.min x 1) x * Num.min z 1.
Proof.
move=> mp x0 xz; have z0 := lt_le_trans x0 xz.
have wx (t : R) : Num.min (Num.min t 1) t = Num.min t 1 by rewrite min_l // le_minl lexx.
have w0 (t : R) : 0 < t -> 0 < Num.min t 1 by move=> t0; rewrite lt_minr t0 ltr01.
case: s mp => [|mu|] /= mp.
- case: (leP z (Num.min z 1)) => h; last by rewrite mul0r mulr_ge0 ?ler0n // ltW // w0.
  have z1 : z <= 1 by move: h; rewrite le_minr => /andP[].
  by rewrite (min_l z1) (min_l (le_trans xz z1)) lexx /= !mul1r.
- by rewrite !wx mulrAC [X in _ <= X]mulrAC [Num.min z 1 * _]mulrC.
rewrite !wx mulrAC [X in _ <= X]mulrAC [Num.min z 1 * _]mulrC ler_wpmul2l //.
  by rewrite mulr_ge0 // ltW // w0.
by rewrite lef_pinv.
Qed.
End Services.

Section Region.
Variables (R : realFieldType) (I J O : finType) (m d : I -> J -> R) (s : I -> service R).
Variables (P : O -> R) (D : O -> I -> J) (Y : O -> I -> R).
Hypotheses (d0 : forall i j, 0 < d i j) (mp : forall i mu, s i = TypeII mu -> 0 < mu).
Theorem CRS_L2_1 : allots P Y -> demands m P D -> ex_ante m d s (expected_service d s P D Y).
Proof.
move=> [P0 P1 Y0 Ys] dem; have ms i : mean_positive (s i) by case E: (s i) => //=; apply: (mp E).
have w0 i j : 0 < Num.min (d i j) 1 by rewrite lt_minr d0 ltr01.
have m0 i j : 0 <= m i j by rewrite -dem; apply: sumr_ge0.
have Y1 o i : Y o i <= 1.
  by apply: le_trans (Ys o); rewrite (bigD1 i) //= ler_addl sumr_ge0.
pose v i j := serves (s i) (Num.min (d i j) 1) (d i j).
pose a i j := \sum_(o | D o i == j) P o * (Num.min (Y o i) (Num.min (d i j) 1) / Num.min (d i j) 1).
have aP i j : 0 <= a i j <= m i j.
  apply/andP; split; first by apply: sumr_ge0 => o _; rewrite mulr_ge0 // divr_ge0 ?(ltW (w0 _ _)) // le_minr Y0 ltW.
  rewrite -dem; apply: ler_sum => o _; rewrite -[X in _ <= X]mulr1 ler_wpmul2l // ler_pdivr_mulr // mul1r.
  by rewrite le_minl lexx orbT.
have by_demand i (F : O -> J -> R) : \sum_o P o * F o (D o i) = \sum_j \sum_(o | D o i == j) P o * F o j.
  rewrite (partition_big (fun o => D o i) predT) //=; apply: eq_bigr => j _.
  by apply: eq_bigr => o /eqP ->.
have ba i : 0 <= expected_service d s P D Y i <= \sum_j a i j * v i j.
  apply/andP; split; first by apply: sumr_ge0 => o _; rewrite mulr_ge0 // serves_ge0.
  rewrite /expected_service (by_demand i (fun o j => serves (s i) (Y o i) (d i j))); apply: ler_sum => j _.
  rewrite mulr_suml; apply: ler_sum => o _; rewrite -mulrA ler_wpmul2l // mulrAC ler_pdivl_mulr //.
  by rewrite serves_share // Y0 Y1.
pose Q i (g : J -> R) := [/\ forall j, 0 <= g j <= m i j, forall j k, d i j < d i k -> g j < m i j -> g k = 0,
    \sum_j g j * v i j = expected_service d s P D Y i & \sum_j g j * Num.min (d i j) 1 <= \sum_j a i j * Num.min (d i j) 1].
have each i : exists g, Q i g.
  have v0 j : 0 <= v i j by apply: serves_ge0 => //; apply: ltW.
  have vb j k : d i j <= d i k -> v i k * Num.min (d i j) 1 <= v i j * Num.min (d i k) 1 by apply: serves_better.
  exact: (cheapest (m0 i) v0 (w0 i) vb (aP i) (ba i)).
have [g gP] := fin_all_exists each.
exists g; split=> [i||i]; [by have [] := gP i | | by have [] := gP i].
apply: (@le_trans _ _ (\sum_i \sum_j a i j * Num.min (d i j) 1)); first by apply: ler_sum => i _; have [] := gP i.
apply: (@le_trans _ _ (\sum_i \sum_o P o * Y o i)).
  apply: ler_sum => i _; rewrite (by_demand i (fun o _ => Y o i)); apply: ler_sum => j _.
  rewrite mulr_suml; apply: ler_sum => o _; rewrite -mulrA divfK ?gt_eqF // ler_wpmul2l // le_minl lexx //.
rewrite exchange_big -P1 /=; apply: ler_sum => o _; rewrite -mulr_sumr -[X in _ <= X]mulr1.
by rewrite ler_wpmul2l.
Qed.
End Region.
