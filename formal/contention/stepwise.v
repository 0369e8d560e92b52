(* stepwise.v -- the mean of a load with a finite law, by integration of Pr(T > b) + Pr(T > 1 - b) over [0, 1/2]:
   (4.13) of [CRS], without an integral.  Between two of finitely many points the integrand is constant. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention optimum lpsi rationing.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Stepwise.
Variable R : realFieldType.
Implicit Types (a b e t : R) (L : seq (R * R)).

Definition between a e t := a < t < e.
Lemma midpoint a e : a < e -> a < (a + e) / 2%:R < e.
Proof.
move=> ae; rewrite ltr_pdivl_mulr ?ltr0n // ltr_pdivr_mulr ?ltr0n // !mulr_natr !mulr2n.
by rewrite ltr_add2l ltr_add2r ae.
Qed.

(* G is a step function with steps at points only, H an antiderivative *)
Lemma stepwise (points : seq R) (G H : R -> R) K a e : a <= e ->
  (forall u v, u < v -> ~~ has (between u v) points -> H v - H u = G ((u + v) / 2%:R) * (v - u)) ->
  (forall b, a < b < e -> K <= G b) -> K * (e - a) <= H e - H a.
Proof.
move=> ae step; move En: (count (between a e) points) => n.
elim/ltn_ind: n a e En ae => n IH a e En ae low.
have [/hasP[t tp /andP[at_ te]]|no] := boolP (has (between a e) points).
  have dec u v : a <= u -> v <= e -> ~~ between u v t -> (count (between u v) points < n)%N.
    move=> au ve out; rewrite -En.
    have sub z : between u v z -> between a e z.
      by case/andP=> x y; rewrite /between (le_lt_trans au x) (lt_le_trans y ve).
    have in_ : between a e t by rewrite /between at_.
    elim: points tp {IH En step} => // u' l IHl; rewrite inE => /orP[/eqP<-|tl] /=.
      by rewrite (negbTE out) in_ add0n add1n ltnS sub_count.
    have lt := IHl tl; case B: (between u v u'); first by rewrite (sub _ B) ltn_add2l.
    by rewrite add0n; apply: leq_trans lt _; rewrite leq_addl.
  have -> : K * (e - a) = K * (e - t) + K * (t - a) by ring.
  have -> : H e - H a = (H e - H t) + (H t - H a) by ring.
  apply: ler_add; apply: (IH _ _ _ _ erefl); rewrite ?(ltW at_) ?(ltW te) //.
  - by apply: dec; rewrite ?(ltW at_) // /between ltxx.
  - by move=> b /andP[tb be]; apply: low; rewrite be (lt_trans at_ tb).
  - by apply: dec; rewrite ?(ltW te) // /between ltxx andbF.
  - by move=> b /andP[ab bt]; apply: low; rewrite ab (lt_trans bt te).
move: ae; rewrite le_eqVlt => /orP[/eqP->|ae]; first by rewrite !subrr mulr0.
by rewrite step // ler_wpmul2r ?subr_ge0 ?(ltW ae) // low // midpoint.
Qed.

(* T = the integral over [0, 1/2] of 1(T > b) + 1(T > 1 - b), for 0 <= T <= 1 *)
Definition excess (T b : R) : R := (b < T)%R%:R + (1 - b < T)%R%:R.
Definition primitive (T b : R) : R := Num.min T b + Num.max 0 (b + T - 1).
Lemma primitive_step T u v : u < v -> ~~ between u v T -> ~~ between u v (1 - T) ->
  primitive T v - primitive T u = excess T ((u + v) / 2%:R) * (v - u).
Proof.
move=> uv oT oT'; have /andP[um mv] := midpoint uv; set m := (u + v) / 2%:R in um mv *.
have low : Num.min T v - Num.min T u = (m < T)%R%:R * (v - u).
  move: oT; rewrite /between negb_and -!leNgt => /orP[Tu|vT].
    have -> : (m < T) = false by apply/negbTE; rewrite -leNgt (le_trans Tu) // ltW.
    by rewrite (min_idPl Tu) (min_idPl (le_trans Tu (ltW uv))) subrr mul0r.
  by rewrite (lt_le_trans mv vT) (min_idPr vT) (min_idPr (le_trans (ltW uv) vT)) mul1r.
have high : Num.max 0 (v + T - 1) - Num.max 0 (u + T - 1) = (1 - m < T)%R%:R * (v - u).
  have sw x y : (x + T - 1 <= y + T - 1) = (x <= y) by rewrite ler_add2r ler_add2r.
  have at0 x : (x + T - 1 <= 0) = (x <= 1 - T) by rewrite -addrA -opprB subr_le0.
  have at1 x : (0 <= x + T - 1) = (1 - T <= x) by rewrite -addrA -opprB subr_ge0.
  move: oT'; rewrite /between negb_and -!leNgt => /orP[Tu|vT].
    have -> : (1 - m < T) by rewrite ltr_subl_addr -ltr_subl_addl (le_lt_trans Tu).
    by rewrite !max_r ?at1 ?(le_trans Tu (ltW uv)) // mul1r; ring.
  have -> : (1 - m < T) = false by apply/negbTE; rewrite -leNgt ler_subr_addl -ler_subr_addr (le_trans (ltW mv) vT).
  by rewrite !max_l ?at0 // ?(le_trans (ltW uv) vT) // subrr mul0r.
by rewrite /excess mulrDl -low -high /primitive opprD addrACA.
Qed.
Lemma primitive_all T : 0 <= T <= 1 -> primitive T (1 / 2%:R) - primitive T 0 = T.
Proof.
case/andP=> T0 T1; have -> : primitive T 0 = 0 by rewrite /primitive (min_idPr T0) !add0r max_l // subr_le0.
rewrite subr0 /primitive.
have h : 1 / 2%:R + 1 / 2%:R = 1 :> R by field.
have [Th|/ltW hT] := leP T (1 / 2%:R).
  by rewrite max_l ?addr0 // subr_le0 -[X in _ <= X]h ler_add2l.
by rewrite max_r; [field|rewrite subr_ge0 -[X in X <= _]h ler_add2l].
Qed.

(* probabilities, and loads of at most 1 but for those of probability 0 *)
Definition lawful L := forall s, s \in L -> 0 <= s.1 /\ (s.1 != 0 -> 0 <= s.2 <= 1).
Lemma lawful_weighted L : lawful L -> weighted L.
Proof. by move=> G; apply/allP => s /G[]. Qed.
Lemma lawful_le L f f' : lawful L -> (forall T, 0 <= T <= 1 -> f T <= f' T) -> Ew L f <= Ew L f'.
Proof.
move=> G le; rewrite /Ew ![\sum_(s <- L) _]big_seq; apply: ler_sum => s /G[s0 s01].
by have [->|/s01/le] := eqVneq s.1 0; [rewrite !mul0r | apply: ler_wpmul2l].
Qed.
Lemma lawful_eq L f f' : lawful L -> (forall T, 0 <= T <= 1 -> f T = f' T) -> Ew L f = Ew L f'.
Proof. by move=> G E; apply/le_anti/andP; split; apply: lawful_le => // T /E->. Qed.

Theorem mean_by_parts L K : lawful L ->
  (forall b, 0 < b < 1 / 2%:R -> K <= Ew L (excess^~ b)) -> K / 2%:R <= Ew L id.
Proof.
move=> G low; pose H b := Ew L (primitive^~ b).
have -> : Ew L id = H (1 / 2%:R) - H 0.
  by rewrite /H -EwN -EwD; apply: lawful_eq => // T T01; rewrite primitive_all.
have -> : K / 2%:R = K * (1 / 2%:R - 0) by rewrite subr0 mul1r.
pose points := flatten [seq [:: s.2; 1 - s.2] | s <- L].
apply: (@stepwise points (fun b => Ew L (excess^~ b))) => // [|u v uv no].
  by rewrite divr_ge0 ?ler0n ?ler01.
rewrite /H -EwN -EwD mulrC -EwZ /Ew big_seq [RHS]big_seq; apply: eq_bigr => s sL.
have out := hasPn no.
rewrite primitive_step //; first by rewrite [excess _ _ * _]mulrC.
  by apply: out; apply/flatten_mapP; exists s; rewrite // !inE eqxx.
by apply: out; apply/flatten_mapP; exists s; rewrite // !inE eqxx orbT.
Qed.
End Stepwise.
