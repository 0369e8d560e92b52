(* elimination.v -- MD-L3 and MD-L4: the two elimination stages of the program of MD-T3.
   An elimination is stated as what it means: the projection of the solution set.
   N S is the probability that some draft lies in S; for two iid drafts it is
   p(S)^2 + 2 p(S) p(S^c), as in (124) of the paper (lemma touch_iid2). *)
From mathcomp Require Import all_ssreflect ssralg ssrnum rat.
Require Import identities multidraft schemes transport optimum drafts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ------------------------------------------------------------------ *)
(* 1. The second stage: eliminating t_1, t_2, ... (MD-L4)             *)
(* ------------------------------------------------------------------ *)
Section Tokens.
Variables (R : realFieldType) (Omega : finType) (q : Omega -> R) (N : {set Omega} -> R).
Implicit Types (A S V W : {set Omega}) (t u : Omega -> R) (z : R).

(* (123)-(125): the system after the first stage *)
Notation stage1 := (schemes.stage1 q N).

(* (126)-(128): the system after t_i has been eliminated for the i in A.
   S is a set of eliminated tokens, V a set of tokens that are left. *)
Notation stage2 := (schemes.stage2 q N).


Lemma tot_U t A j : j \notin A -> tot t (j |: A) = t j + tot t A.
Proof. by move=> jA; rewrite /tot big_setU1. Qed.

Lemma tot_1 t A j : j \in A -> tot t A = t j + tot t (A :\ j).
Proof. by move=> jA; rewrite /tot (big_setD1 j). Qed.

Lemma tot_set_at t j x S : j \notin S -> tot (set_at t j x) S = tot t S.
Proof.
move=> jS; apply: eq_bigr => i iS; rewrite /set_at; case: eqP => // ij.
by rewrite -ij iS in jS.
Qed.

Lemma tot_D t V W : tot t V = tot t (V :\: W) + tot t (V :&: W).
Proof. by rewrite /tot (big_setID W) /= addrC. Qed.

Lemma set_of_sum S : tot (fun=> 1 : R) S = #|S|%:R.
Proof. by rewrite /tot sumr_const. Qed.

Hypothesis N_sub : submodular N.

(* one step: t_j is eliminated *)
Theorem MD_L4_step A j z t : j \notin A ->
  (exists x, stage2 A z (set_at t j x)) <-> stage2 (j |: A) z t.
Proof.
move=> jA; have sub V : (V \subset ~: (j |: A)) = (j \notin V) && (V \subset ~: A).
  rewrite setCU subsetI; congr (_ && _); apply/subsetP/idP => [H|jV i iV].
    by apply/negP => /H; rewrite !inE eqxx.
  by rewrite !inE; apply: contraNneq jV => <-.
have subj S : (S \subset j |: A) -> S :\ j \subset A.
  move=> SA; apply/subsetP => i; rewrite !inE => /andP[ij iS].
  by have := subsetP SA _ iS; rewrite !inE (negbTE ij).
have jC V : V \subset ~: A -> j |: V \subset ~: A.
  by move=> VA; rewrite subUset VA sub1set inE jA.
split=> [[x [H1 H2 H3]]|[H1 H2 H3]].
  have xq : x <= q j by have := H3 j jA; rewrite /set_at eqxx.
  split=> [S V SA|S|i].
  - rewrite sub => /andP[jV VA]; have [jS|jS] := boolP (j \in S).
      have := H1 (S :\ j) (j |: V) (subj _ SA) (jC _ VA).
      rewrite setUA [_ :|: [set j]]setUC setD1K // => le; apply: le_trans le _.
      rewrite ler_add2r tot_U // tot_set_at // addrA ler_add2r /set_at eqxx [_ + x]addrC.
      rewrite (tot_1 q jS) ler_add2r; exact: xq.
    have SA' : S \subset A.
      by rewrite -(_ : S :\ j = S) ?subj //; apply/setDidPl; rewrite disjoint_sym disjoints1.
    by have := H1 S V SA' VA; rewrite tot_set_at.
  - by rewrite sub => /andP[jS SA]; have := H2 S SA; rewrite tot_set_at.
  - rewrite !inE negb_or => /andP[/negbTE ij iA].
    by have := H3 i iA; rewrite /set_at ij.
pose ok W := (j \in W) && (W \subset ~: A).
pose f W := N W - tot t (W :\ j).
pose W0 := Order.arg_min [set j] ok f.
have ok0 : ok [set j] by rewrite /ok inE eqxx sub1set inE jA.
have [okW0 W0min] : ok W0 /\ forall W, ok W -> f W0 <= f W.
  by rewrite /W0; case: arg_minP => // W okW m; split.
pose x := Num.min (q j) (f W0).
have xq : x <= q j by rewrite /x le_minl lexx.
have xf : x <= f W0 by rewrite /x le_minl lexx orbT.
have tW W : j \in W -> tot (set_at t j x) W = x + tot t (W :\ j).
  move=> jW; rewrite -{1}(setD1K jW) tot_U ?inE ?eqxx // tot_set_at ?inE ?eqxx //.
  by rewrite /set_at eqxx.
have disj W : W \subset ~: A -> j \notin W -> W \subset ~: (j |: A) by move=> WA jW; rewrite sub jW.
exists x; split=> [S V SA VA|S SA|i iA].
- have [jV|jV] := boolP (j \in V); last first.
    rewrite tot_set_at //; apply: H1; last by rewrite sub jV.
    by apply: subset_trans SA _; apply: subsetUr.
  rewrite tW //; have jVj : j \notin V :\ j by rewrite !inE eqxx.
  have jS : j \notin S by apply: contra jA; apply: (subsetP SA).
  rewrite /x; case: (leP (q j) (f W0)) => _.
    have := H1 (j |: S) (V :\ j) (setUS _ SA) (disj _ (subset_trans (subsetDl _ _) VA) jVj).
    rewrite tot_U // -setUA [j |: _]setUCA setD1K // => le; apply: le_trans le _.
    by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
  have /andP[jW WA] := okW0; pose X := ~: (S :|: V).
  have N1 := N_sub W0 X.
  have EI : W0 :&: X = W0 :\: V.
    apply/setP => i; rewrite !inE negb_or; case iW: (i \in W0); rewrite ?andbF //= andbT.
    have -> // : i \notin S = true.
    by apply: contraTN iW => iS; apply: contraL (subsetP SA _ iS) => /(subsetP WA); rewrite inE.
  have EU : W0 :|: X = ~: (S :|: (V :\: W0)).
    apply/setP => i; rewrite !inE !negb_or negb_and negbK.
    have [iW|iW] /= := boolP (i \in W0); last by rewrite /X.
    rewrite andbT; apply/esym.
    by apply: contraTN iW => iS; apply: contraL (subsetP SA _ iS) => /(subsetP WA); rewrite inE.
  have N2 : tot t (W0 :\: V) <= N (W0 :\: V).
    apply: H2; rewrite sub inE jV /=.
    by apply: subset_trans (subsetDl _ _) WA.
  have N3 : z <= tot q S + tot t (V :\: W0) + N (~: (S :|: (V :\: W0))).
    apply: H1; first by apply: subset_trans SA (subsetUr _ _).
    by rewrite sub inE jW /=; apply: subset_trans (subsetDl _ _) VA.
  apply: le_trans N3 _; rewrite /f -/X -!addrA ler_add2l.
  have EV : tot t (V :\ j) = tot t (V :\: W0) + tot t ((V :&: W0) :\ j).
    rewrite (tot_D _ (V :\ j) W0); congr (_ + _); apply: congr1; apply/setP => i; rewrite !inE.
      by have [->|] := eqVneq i j; rewrite ?jW ?jV ?andbF.
    by rewrite andbA.
  have EW : tot t (W0 :\ j) = tot t (W0 :\: V) + tot t ((V :&: W0) :\ j).
    rewrite (tot_D _ (W0 :\ j) V); congr (_ + _); apply: congr1; apply/setP => i; rewrite !inE.
      by have [->|] := eqVneq i j; rewrite ?jW ?jV ?andbF.
    by case: (i \in W0); case: (i \in V); case: (i == j).
  rewrite EV EW; set a := tot t (V :\: W0); set c := tot t (_ :\ j).
  have N4 : N (~: (S :|: (V :\: W0))) + tot t (W0 :\: V) <= N W0 + N X.
    by apply: le_trans N1; rewrite EI EU ler_add2l.
  rewrite -subr_ge0; rewrite -subr_ge0 in N4; move: N4; congr (0 <= _); ring.
- have [jS|jS] := boolP (j \in S); last by rewrite tot_set_at // H2 // sub jS.
  rewrite tW // -ler_subr_addr; apply: le_trans xf _.
  by apply: W0min; rewrite /ok jS.
- rewrite /set_at; have [->//|ij] := eqVneq i j.
  by apply: H3; rewrite !inE negb_or ij.
Qed.

(* before the first step *)
Lemma MD_L4_base z t : N set0 = 0 -> stage1 z t <-> stage2 set0 z t.
Proof.
move=> N0; split=> [[H1 H2 H3]|[H1 H2 H3]].
  split=> [S V|S _|i _]; [|exact: H2|exact: H1].
  rewrite subset0 => /eqP -> _; rewrite set0U {1}/tot big_set0 add0r.
  apply: le_trans H3 _; apply: le_trans (ler_add (lexx _) (H2 (~: V))).
  rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite (bigID (mem V)) /=; congr (_ + _).
  by apply: eq_bigl => i; rewrite inE.
split=> [i|S|].
- by apply: H3; rewrite inE.
- by apply: H2; rewrite setC0 subsetT.
have := H1 set0 setT (sub0set _); rewrite setC0 subsetT => /(_ isT).
rewrite set0U setCT N0 addr0 {1}/tot big_set0 add0r.
by rewrite /tot (eq_bigl xpredT) // => i; rewrite inE.
Qed.

Lemma stage2_ext A z t u : t =1 u -> stage2 A z t -> stage2 A z u.
Proof.
move=> E; have T S : tot u S = tot t S by apply: eq_bigr => i _; rewrite E.
by case=> H1 H2 H3; split=> [S V|S|i]; rewrite ?T -?E; [exact: H1|exact: H2|exact: H3].
Qed.

(* MD-L4: the projection of (123)-(125) that forgets t_i for i in A is (126)-(128) *)
Theorem MD_L4 A z t : N set0 = 0 ->
  (exists u, (forall i, i \notin A -> u i = t i) /\ stage1 z u) <-> stage2 A z t.
Proof.
move=> N0; move En: #|A| => n; elim: n A En t => [|n IH] A En t.
  have -> : A = set0 by apply/eqP; rewrite -cards_eq0 En.
  split=> [[u [E /(MD_L4_base _ _ N0) H]]|/(MD_L4_base _ _ N0) H]; last by exists t.
  by apply: stage2_ext H => i; apply: E; rewrite inE.
have [j jA] : exists j, j \in A by apply/card_gt0P; rewrite En.
have En' : #|A :\ j| = n by move: En; rewrite (cardsD1 j) jA => -[].
have jA' : j \notin A :\ j by rewrite !inE eqxx.
have {2}<- : j |: (A :\ j) = A by apply: setD1K.
rewrite -MD_L4_step //; split=> [[u [E f]]|[x /(IH _ En') [u [E f]]]].
  exists (u j); apply/(IH _ En'); exists u; split=> // i.
  rewrite !inE negb_and negbK /set_at => /orP[/eqP->|iA]; first by rewrite eqxx.
  by case: eqP => [->//|_]; apply: E.
exists u; split=> // i iA; rewrite E; last by rewrite !inE negb_and iA orbT.
by rewrite /set_at; case: eqP => // ij; rewrite ij jA in iA.
Qed.

(* all t_i eliminated: the inequalities from which MD-T3 is read off *)
Corollary MD_L4_all z : N set0 = 0 ->
  (exists u, stage1 z u) <-> (forall S, z <= tot q S + N (~: S)).
Proof.
move=> N0; split=> [[u f] S|H].
  have [] : stage2 setT z u by apply/MD_L4 => //; exists u; split.
  move/(_ S set0 (subsetT _) (sub0set _)) => le _ _; move: le.
  by rewrite setU0 {2}/tot big_set0 addr0.
suff : stage2 setT z (fun=> 0) by case/(MD_L4 _ _ _ N0) => u [_ f]; exists u.
split=> [S V _|S|i]; last by rewrite inE.
  by rewrite setCT subset0 => /eqP->; rewrite setU0 {2}/tot big_set0 addr0.
rewrite setCT subset0 => /eqP->; rewrite /tot big_set0 N0; exact: lexx.
Qed.

End Tokens.

(* ------------------------------------------------------------------ *)
(* 2. The first stage: eliminating the alpha (MD-L3)                  *)
(* ------------------------------------------------------------------ *)
Section Drafts.
Variables (R : realFieldType) (Omega D : finType).
Variables (supp : D -> {set Omega}) (b : D -> R).
Hypotheses (supp_n0 : forall t, supp t != set0) (b_ge0 : forall t, 0 <= b t).
Implicit Types (S : {set Omega}) (q t : Omega -> R).

(* Pr(some draft lies in S) *)
Notation touch := (schemes.touch supp b).

Lemma touchE S : touch S = \sum_d b d - Bmass supp b (~: S).
Proof. by rewrite /touch /Bmass [X in X - _](bigID (fun d => supp d \subset ~: S)) /= addrAC subrr add0r. Qed.

Lemma touch0 : touch set0 = 0.
Proof. by rewrite /touch big_pred0 // => d; rewrite setC0 subsetT. Qed.

Lemma touch_mono S (T : {set Omega}) : S \subset T -> touch S <= touch T.
Proof.
move=> ST; rewrite !touchE ler_add2l ler_opp2 /Bmass big_mkcond [X in _ <= X]big_mkcond.
apply: ler_sum => d _; case: ifP => [dT|_]; last by case: ifP => // _; apply: b_ge0.
by rewrite (subset_trans dT) // setCS.
Qed.

Lemma touch_sub : submodular touch.
Proof.
move=> A B; rewrite /touch.
have E C : \sum_(d | ~~ (supp d \subset ~: C)) b d = \sum_d b d *+ ~~ (supp d \subset ~: C).
  by rewrite big_mkcond; apply: eq_bigr => d _; case: (_ \subset _).
rewrite !E -!big_split /=; apply: ler_sum => d _; rewrite -!mulrnDr.
apply: ler_wpmuln2l; first exact: b_ge0.
rewrite setCU setCI subsetI.
case: (boolP (supp d \subset ~: A)) => [sA|_]; case: (boolP (supp d \subset ~: B)) => [sB|_] //=.
- by rewrite (subset_trans sA) ?subsetUl.
- by rewrite (subset_trans sA) ?subsetUl.
- by rewrite (subset_trans sB) ?subsetUr.
- by case: (_ \subset _).
Qed.

(* MD-L3 for every draft law: a selection that gives every token i at least t_i *)
Theorem MD_L3_selection t :
  (exists2 alpha, selection supp b alpha & forall i, t i <= \sum_d alpha d i) <->
  (forall S, tot t S <= touch S).
Proof.
split=> [[al sel ta] S|H].
  have := selection_cut (~: S) sel; rewrite setCK -touchE; apply: le_trans.
  exact: ler_sum.
pose u i := Num.max (t i) 0.
have u0 i : 0 <= u i by rewrite /u le_maxr lexx orbT.
have Hu S : tot u S <= touch S.
  pose P : {set Omega} := [set i in S | 0 <= t i].
  have -> : tot u S = tot t P.
    rewrite /tot big_mkcond [RHS]big_mkcond; apply: eq_bigr => i _; rewrite inE /u.
    by case: (i \in S) => //=; case: (leP 0 (t i)).
  by apply: le_trans (H P) (touch_mono _); apply/subsetP => i; rewrite inE => /andP[].
have [[[al m] [/= sel mu ma] obj] _] := MD_T3 supp_n0 b_ge0 u0.
have E : \sum_i (u i - m i) = 0.
  apply: le_anti; rewrite sumr_ge0 ?andbT => [|i _]; last by rewrite subr_ge0.
  rewrite sumrB obj; have [S ->] := pstar_attained supp b u.
  rewrite subr_le0 (bigID (mem S)) /= ler_add2l.
  have := Hu (~: S); rewrite touchE setCK; apply: le_trans.
  rewrite le_eqVlt; apply/orP; left; apply/eqP/eq_bigl => i.
  by rewrite inE.
exists al => // i; apply: le_trans (ma i); have := sum_eq0 (fun j => _ : 0 <= u j - m j) E i.
rewrite -[X in _ -> _ <= X](subrK (u i)) -opprB => -> => [|j]; last by rewrite subr_ge0.
by rewrite oppr0 add0r /u le_maxr lexx.
Qed.

(* MD-L3: the system (120)-(122), every draft law, after elimination of alpha is (123)-(125) *)
Theorem MD_L3 q z t :
  (exists alpha, [/\ selection supp b alpha,
      forall i, t i <= Num.min (q i) (\sum_d alpha d i) & z <= \sum_i t i]) <->
  stage1 q touch z t.
Proof.
split=> [[al [sel tm zt]]|[tq tN zt]].
  split=> //; first by move=> i; apply: le_trans (tm i) _; rewrite le_minl lexx.
  by apply/MD_L3_selection; exists al => // i; apply: le_trans (tm i) _; rewrite le_minl lexx orbT.
have [al sel ta] := (MD_L3_selection t).2 tN.
by exists al; split=> // i; rewrite le_minr tq ta.
Qed.

(* both stages together: z <= q(S) + Pr(some draft outside S), that is MD-T3 *)
Theorem MD_L3_L4 q z :
  (exists t alpha, [/\ selection supp b alpha,
      forall i, t i <= Num.min (q i) (\sum_d alpha d i) & z <= \sum_i t i]) <->
  (forall S, z <= cut supp b q S).
Proof.
have E S : cut supp b q S = tot q S + touch (~: S) by rewrite /cut touchE setCK.
split=> [[t [al f]] S|H].
  rewrite E; move: S; apply/(MD_L4_all q touch_sub _ touch0); exists t.
  by apply/MD_L3; exists al.
have [|t f] := (MD_L4_all q touch_sub z touch0).2; first by move=> S; rewrite -E.
by have [al g] := (MD_L3 q z t).2 f; exists t, al.
Qed.

End Drafts.

(* ------------------------------------------------------------------ *)
(* 3. Two iid drafts, in the letters of the paper                     *)
(* ------------------------------------------------------------------ *)
Section Pairs.
Variables (R : realFieldType) (Omega : finType) (p : Omega -> R).
Hypotheses (p_ge0 : forall i, 0 <= p i) (p_total : \sum_i p i = 1).
Implicit Types (S : {set Omega}) (q t : Omega -> R).

(* the right-hand side of (124) *)
Notation reach2 := (schemes.reach2 p).

Let pair_supp (d : Omega * Omega) : {set Omega} := [set d.1; d.2].
Let pair_law (d : Omega * Omega) := p d.1 * p d.2.

Lemma pair_n0 d : pair_supp d != set0.
Proof. by apply/set0Pn; exists d.1; rewrite !inE eqxx. Qed.
Lemma pair_ge0 d : 0 <= pair_law d. Proof. exact: mulr_ge0. Qed.

Lemma touch_iid2 S : touch pair_supp pair_law S = reach2 S.
Proof.
have C : tot p (~: S) = 1 - tot p S.
  rewrite -p_total [X in X - _](bigID (mem S)) /= addrAC subrr add0r /tot.
  by apply: eq_bigl => i; rewrite inE.
have B : Bmass pair_supp pair_law (~: S) = tot p (~: S) ^+ 2.
  rewrite /Bmass expr2 /tot mulr_suml; under [RHS]eq_bigr do rewrite mulr_sumr.
  rewrite pair_big /=; apply: eq_bigl => -[x y].
  by rewrite /pair_supp /= subUset !sub1set.
have T : \sum_d pair_law d = 1.
  rewrite -(pair_bigA _ (fun x y => p x * p y)) /= -[RHS]p_total; apply: eq_bigr => x _.
  by rewrite -mulr_sumr p_total mulr1.
by rewrite touchE B T /reach2 C; ring.
Qed.

(* (121)-(122): the variables alpha_ij of the paper; alpha_ij <= 1 comes with them *)
Notation pair_alpha := (schemes.pair_alpha p).

Lemma pair_selection t :
  (exists2 a, pair_alpha a & forall i, t i <= p i ^+ 2 + \sum_(j | j != i) a i j) <->
  (exists2 al, selection pair_supp pair_law al & forall i, t i <= \sum_d al d i).
Proof.
have two0 : (2%:R : R) != 0 by rewrite pnatr_eq0.
split=> [[a A ta]|[al [al0 alT als] ta]].
  pose al (d : Omega * Omega) i := if d.1 == d.2 then p d.1 ^+ 2 *+ (i == d.1)
    else a d.1 d.2 / 2%:R *+ (i == d.1) + a d.2 d.1 / 2%:R *+ (i == d.2).
  have at1 (x : Omega) c : \sum_i c *+ (i == x) = c :> R.
    by rewrite (bigD1 x) //= eqxx big1 ?addr0 // => j /negbTE->.
  exists al.
    split=> [[x y] i|[x y] i|[x y]]; rewrite /al /=.
    - have [_|xy] := eqVneq x y; first by rewrite mulrn_wge0 // exprn_ge0.
      have [/andP[h _] _] := A _ _ xy; have yx : y != x by rewrite eq_sym.
      have [/andP[h' _] _] := A _ _ yx.
      by rewrite addr_ge0 // mulrn_wge0 // divr_ge0 ?ler0n.
    - rewrite !inE negb_or => /andP[/negbTE-> /negbTE->].
      by case: eqP => _; rewrite !mulr0n ?addr0.
    - have [->|xy] := eqVneq x y; first by rewrite at1 /pair_law /= expr2.
      have [_ E] := A _ _ xy; rewrite big_split /= !at1 -mulrDl E /pair_law /=.
      by field.
  move=> i; apply: le_trans (ta i) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  rewrite -(pair_bigA _ (fun x y => al (x, y) i)) /= [RHS](bigD1 i) //= [X in _ = X + _](bigD1 i) //=.
  rewrite [al (i, i) i]/al /= eqxx mulr1n -addrA; congr (_ + _).
  have E1 y : y != i -> al (i, y) i = a i y / 2%:R.
    move=> yi; have /negbTE iy : i != y by rewrite eq_sym.
    by rewrite /al /= iy eqxx mulr1n mulr0n addr0.
  have E2 x : x != i -> \sum_y al (x, y) i = a i x / 2%:R.
    move=> xi; rewrite (bigD1 i) //= big1 => [|y yi].
      have /negbTE ix : i != x by rewrite eq_sym.
      by rewrite addr0 /al /= (negbTE xi) eqxx ix mulr1n mulr0n add0r.
    have /negbTE ix : i != x by rewrite eq_sym.
    have /negbTE iy : i != y by rewrite eq_sym.
    by rewrite /al /= ix iy; case: eqP => _; rewrite !mulr0n ?addr0.
  rewrite (eq_bigr _ E1) (eq_bigr _ E2) -!mulr_suml -mulrDl.
  by set s := \sum_(j | _) _; field.
pose a i j := al (i, j) i + al (j, i) i.
have b i j : i != j -> a i j + a j i = 2%:R * p i * p j.
  move=> ij; have S2 x y : x != y -> al (x, y) x + al (x, y) y = p x * p y.
    move=> xy; have := als (x, y); rewrite (bigD1 x) //= (bigD1 y) 1?eq_sym //= big1 ?addr0 // => k /andP[kx ky].
    by apply: alT; rewrite !inE negb_or kx ky.
  have ji : j != i by rewrite eq_sym.
  have := S2 _ _ ij; have := S2 _ _ ji; rewrite /a => E F.
  have G (x y z w : R) : x + y + (z + w) = x + w + (z + y) by ring.
  by rewrite G F E [p j * _]mulrC -mulrA mulr_natl mulr2n.
exists a => [i j ij|i].
  split; last exact: b.
  have ge x y : 0 <= a x y by rewrite addr_ge0.
  rewrite ge /=; apply: (@le_trans _ _ (a i j + a j i)); first by rewrite ler_addl.
  rewrite b //; have le : p i + p j <= 1.
    rewrite -p_total (bigD1 i) //= ler_add2l (bigD1 j) 1?eq_sym //= ler_addl.
    by apply: sumr_ge0.
  apply: (@le_trans _ _ ((p i + p j) ^+ 2)).
    rewrite -subr_ge0 [X in 0 <= X](_ : _ = p i ^+ 2 + p j ^+ 2); last by ring.
    by rewrite addr_ge0 ?exprn_ge0.
  by rewrite expr_le1 // addr_ge0.
apply: le_trans (ta i) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
have -> : \sum_d al d i = \sum_x \sum_y al (x, y) i by rewrite pair_bigA; apply: eq_bigr => -[].
rewrite [LHS](bigD1 i) //= [X in X + _](bigD1 i) //=.
rewrite -addrA; congr (_ + _).
  have := als (i, i); rewrite (bigD1 i) //= big1 ?addr0 /pair_law /= ?expr2 // => k ki.
  by apply: alT; rewrite !inE negb_or ki.
rewrite big_split /=; congr (_ + _); apply: eq_bigr => x xi.
rewrite (bigD1 i) //= big1 ?addr0 // => y yi.
by apply: alT; rewrite !inE negb_or ![i == _]eq_sym xi yi.
Qed.

(* MD-L3 as printed *)
Theorem MD_L3_printed q z t :
  (exists a, [/\ pair_alpha a,
      forall i, t i <= Num.min (q i) (p i ^+ 2 + \sum_(j | j != i) a i j) & z <= \sum_i t i]) <->
  [/\ forall i, t i <= q i,
      forall S, tot t S <= tot p S ^+ 2 + 2%:R * tot p S * tot p (~: S) & z <= \sum_i t i].
Proof.
have H := MD_L3_selection pair_n0 pair_ge0 t; rewrite -pair_selection in H.
split=> [[a [A ta zt]]|[tq tS zt]].
  split=> //; first by move=> i; apply: le_trans (ta i) _; rewrite le_minl lexx.
  move=> S; rewrite -/(reach2 S) -touch_iid2; apply: (H.1 _ S); exists a => // i.
  by apply: le_trans (ta i) _; rewrite le_minl lexx orbT.
have [|a A ta] := H.2; first by move=> S; rewrite touch_iid2; apply: tS.
by exists a; split=> // i; rewrite le_minr tq ta.
Qed.

Lemma reach2_sub : submodular reach2.
Proof. by move=> A B; rewrite -!touch_iid2; apply: (@touch_sub _ _ _ pair_supp _ pair_ge0). Qed.
Lemma reach2_0 : reach2 set0 = 0.
Proof. by rewrite /reach2 /tot big_set0; ring. Qed.

(* MD-L4 with S^c = Omega \ S in (127); the paper prints Omega_2 \ S, which is false *)
Theorem MD_L4_printed (A : {set Omega}) q z t :
  (exists u, [/\ forall i, i \notin A -> u i = t i, forall i, u i <= q i,
      forall S, tot u S <= reach2 S & z <= \sum_i u i]) <->
  [/\ forall S (V : {set Omega}), S \subset A -> V \subset ~: A -> z <= tot q S + tot t V + reach2 (~: (S :|: V)),
      forall S, S \subset ~: A -> tot t S <= reach2 S
    & forall i, i \notin A -> t i <= q i].
Proof.
rewrite -/(stage2 q reach2 A z t) -(MD_L4 q reach2_sub A z t reach2_0).
by split=> [[u [E H1 H2 H3]]|[u [E [H1 H2 H3]]]]; exists u.
Qed.

End Pairs.
