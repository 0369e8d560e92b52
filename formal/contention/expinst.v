(* expinst.v -- the exponential of the real numbers (mathcomp-analysis) has the three properties that
   phi.v asks of E, so CRS-T1.2 speaks of e.  This file alone rests on the axioms of that library
   (classical logic, functional and propositional extensionality). *)
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint interval.
From mathcomp.classical Require Import boolp classical_sets functions mathcomp_extra.
From mathcomp.analysis Require Import reals signed topology normedtype derive realfun exp sequences.
Require Import identities multidraft contention sizes demands optimum lpsi phi hardness half third.
Require meaning kernel sound.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope ring_scope.

Section Exp.
Variable R : realType.

(* the library has 1 + x <= e^x for x >= 0 only *)
Lemma expR_tangent (x : R) : 1 + x <= expR x.
Proof.
have [x0|/ltW x0] := leP 0 x; first exact: expR_ge1Dx.
have [c cI E] : exists2 c : R, c \in `[x, 0] & expR 0 - expR x = expR c * (0 - x).
  apply: MVT_segment => //; apply: continuous_subspaceT => y.
  exact: continuous_expR.
have /andP[_ c0] : x <= c <= 0 by move: cI; rewrite in_itv.
have e1 : expR c <= 1.
  by rewrite leNgt expR_gt1 -leNgt.
have : expR 0 - expR x <= - x.
  rewrite E sub0r -[X in _ <= X]mul1r; apply: ler_wpmul2r => //.
  by rewrite oppr_ge0.
by rewrite expR0 ler_subl_addr addrC -ler_subl_addr opprK.
Qed.

(* CRS-T1.2 with e: alpha_0(rho) = e^(rho/2) / (1 + rho e^(rho/2)) *)
Theorem CRS_T1_2_exp n (x : nat -> R) rho :
  (forall i, (i < n)%N -> 0 <= x i <= 1) -> \sum_(i < n) x i <= rho ->
  fb_guaranteed n x (expR (rho / 2%:R) / (1 + rho * expR (rho / 2%:R))).
Proof. apply: CRS_T1_2_scheme; [exact: expR0|exact: expRD|exact: expR_tangent]. Qed.

(* rho = 1: 1 / (1 + e^(-1/2)) *)
Corollary CRS_T1_2_one n (x : nat -> R) :
  (forall i, (i < n)%N -> 0 <= x i <= 1) -> \sum_(i < n) x i <= 1 ->
  fb_guaranteed n x (1 / (1 + expR (- (1 / 2%:R)))).
Proof.
move=> x01 le; have := CRS_T1_2_exp x01 le; congr fb_guaranteed.
rewrite expRN !mul1r; have := expR_gt0 (2%:R^-1 : R); set e := expR _ => e0.
have en : e != 0 by rewrite gt_eqF.
have -> : 1 + e^-1 = (1 + e) / e by rewrite mulrDl mul1r divff // addrC.
by rewrite invf_div.
Qed.

(* CRS-T3.4 and CRS-T1.3 with e *)
Theorem CRS_T3_4_exp m (a : R) beta (N := m.*2.+1) (rho := a * N%:R) : 0 <= a -> a <= 1 ->
  fb_guaranteed N (fun=> a) beta ->
  beta <= expR (rho / 2%:R) / (1 + rho * expR (rho / 2%:R)) + (rho + 2%:R) / N%:R.
Proof. exact: (CRS_T3_4 (@expR0 R) (@expRD R) expR_tangent). Qed.

Theorem CRS_T1_3_exp (rho eps : R) : 0 <= rho -> 0 < eps ->
  exists n (x : nat -> R),
    [/\ forall i, (i < n)%N -> 0 <= x i <= 1, \sum_(i < n) x i = rho
      & forall beta, fb_guaranteed n x beta ->
          beta <= expR (rho / 2%:R) / (1 + rho * expR (rho / 2%:R)) + eps].
Proof. exact: (CRS_T1_3 (@expR0 R) (@expRD R) expR_tangent). Qed.

(* CRS-T1.5 with e *)
Theorem CRS_T1_5_exp (eps : R) : 0 < eps ->
  exists n s (x : nat -> R),
    [/\ 1 / 2%:R < s <= 1, forall i, (i < n)%N -> 0 <= x i <= 1, \sum_(i < n) s * x i = 1
      & forall beta, knapsack_guaranteed s n x beta -> beta <= 1 / (2%:R + expR (-1)) + eps].
Proof. exact: (CRS_T1_5 (@expR0 R) (@expRD R) expR_tangent). Qed.

(* CRS-T4.1 and CRS-T1.4: of e only the proof of the second knows *)
Section Knapsack.
Variables (J : finType) (g d : nat -> J -> R) (n : nat).
Hypotheses (g0 : forall k j, 0 <= g k j) (g1 : forall k, \sum_j g k j <= 1) (d0 : forall k j, 0 <= d k j).

Theorem CRS_T4_1_exp c : definition5 (@expR R) n (xload g d) c -> forall l i, (i < n)%N ->
  (forall s, accepts_any (fun k => g (fb n l k)) (fun k => d (fb n l k)) n (c l) (fb n l i) s = c l (fb n l i)) /\
  forall j, accepts_size (fun k => g (fb n l k)) (alg3 (fun k => g (fb n l k)) (fun k => d (fb n l k)) n (c l)) (fb n l i) j
    = c l (fb n l i).
Proof. exact: (CRS_T4_1 (@expR0 R) (@expRD R) expR_tangent g0 g1 d0). Qed.

Theorem CRS_T1_4_exp : \sum_(i < n) xload g d i <= 1 ->
  exists p : bool -> policy R J, (forall l, is_policy (fun k => d (fb n l k)) (p l)) /\
  forall i j, (i < n)%N -> 1 / 3%:R <= \sum_l half R l * accepts_size (fun k => g (fb n l k)) (p l) (fb n l i) j.
Proof. exact: (CRS_T1_4 (@expR0 R) (@expRD R) expR_tangent g0 g1 d0). Qed.
End Knapsack.
End Exp.

(* The rule exponential of certificates: what it takes to be true of e^x *)
Section Taylor.
Variable R : realType.
(* a function with a derivative of this sign, 0 at 0 *)
Lemma right_of_0 (f df : R -> R) (x : R) : (forall y, is_derive y 1 f (df y)) -> f 0 = 0 -> 0 <= x ->
  (forall y, 0 <= y -> 0 <= df y) -> 0 <= f x.
Proof.
move=> D f0 x0 pos.
have [c cI E] : exists2 c : R, c \in `[0, x] & f x - f 0 = df c * (x - 0).
  apply: MVT_segment => //; apply: continuous_subspaceT => y.
  by apply: differentiable_continuous; apply/derivable1_diffP; have [] := D y.
have /andP[c0 _] : 0 <= c <= x by move: cI; rewrite in_itv.
by move: E; rewrite f0 !subr0 => ->; rewrite mulr_ge0 ?pos.
Qed.
Lemma left_of_0 (f df : R -> R) (x : R) : (forall y, is_derive y 1 f (df y)) -> f 0 = 0 -> x <= 0 ->
  (forall y, y <= 0 -> 0 <= df y) -> f x <= 0.
Proof.
move=> D f0 x0 pos.
have [c cI E] : exists2 c : R, c \in `[x, 0] & f 0 - f x = df c * (0 - x).
  apply: MVT_segment => //; apply: continuous_subspaceT => y.
  by apply: differentiable_continuous; apply/derivable1_diffP; have [] := D y.
have /andP[_ c0] : x <= c <= 0 by move: cI; rewrite in_itv.
by move: E; rewrite f0 !sub0r -oppr_ge0 => ->; rewrite mulr_ge0 ?pos ?oppr_ge0.
Qed.

Definition taylor n (x : R) : R := \sum_(k < n) x ^+ k / (k`!)%:R.
Lemma taylorS n : taylor n.+1 = taylor n + (n`!)%:R^-1 \*: (id ^+ n : R -> R).
Proof.
apply/funext => x; rewrite /taylor big_ord_recr /= fctE; congr (_ + _).
by rewrite exprfctE mulrC.
Qed.
Lemma taylor_derive n x : is_derive x 1 (taylor n.+1) (taylor n x).
Proof.
elim: n => [|n IH].
  have -> : taylor 1 = cst 1 by apply/funext => y; rewrite /taylor big_ord_recl big_ord0 addr0 expr0 fact0 divr1.
  rewrite /taylor big_ord0; exact: is_derive_cst.
rewrite taylorS [taylor n.+1 x]/taylor big_ord_recr /=.
apply: is_deriveD; apply: is_derive_eq.
rewrite factS natrM.
rewrite -[LHS]/(_ * (_ * 1)) mulr1 mulrC invfM mulrACA divff ?mul1r //.
Qed.
Lemma taylor0 n : taylor n.+1 0 = 1.
Proof. by rewrite /taylor big_ord_recl expr0 fact0 divr1 big1 ?addr0 // => k _; rewrite exprS mul0r mul0r. Qed.
Lemma rest_derive n x : is_derive x 1 (@expR R - taylor n.+1) (expR x - taylor n x).
Proof. by apply: is_deriveB; exact: taylor_derive. Qed.
Lemma rest_sign n (x : R) : (~~ odd n || (0 <= x) -> taylor n x <= expR x) /\ (odd n -> x <= 0 -> expR x <= taylor n x).
Proof.
elim: n x => [|n IH] x; first by split=> // _; rewrite /taylor big_ord0 ltW ?expR_gt0.
have r y : (@expR R - taylor n.+1) y = expR y - taylor n.+1 y by [].
have z : (@expR R - taylor n.+1) 0 = 0 by rewrite r taylor0 expR0 subrr.
have right : 0 <= x -> taylor n.+1 x <= expR x.
  move=> x0; rewrite -subr_ge0 -r; apply: (right_of_0 (rest_derive n) z x0) => y y0.
  by rewrite subr_ge0; apply: (IH y).1; rewrite y0 orbT.
split=> /=.
  have [/right//|x0] := leP 0 x; rewrite orbF negbK => on.
  have D y : is_derive y 1 (- (@expR R - taylor n.+1)) (- (expR y - taylor n y)) by apply: is_deriveN; exact: rest_derive.
  rewrite -subr_ge0 -r -oppr_le0; apply: (left_of_0 D _ (ltW x0)) => [|y y0].
    by rewrite -[LHS]/(- (@expR R - taylor n.+1) 0) z oppr0.
  by rewrite oppr_ge0 subr_le0; apply: (IH y).2.
move=> en x0; rewrite -subr_le0 -r; apply: (left_of_0 (rest_derive n) z x0) => y y0.
by rewrite subr_ge0; apply: (IH y).1; rewrite en.
Qed.
Theorem exponential_rule : [/\ forall x : R, 0 < expR x,
    forall m (x : R), \sum_(k < m.*2) x ^+ k / (k`!)%:R <= expR x
  & forall l l' : seq R, \sum_(x <- l) x = \sum_(x <- l') x -> \prod_(x <- l) expR x = \prod_(x <- l') expR x].
Proof.
split=> [x|m x|l l' e]; first exact: expR_gt0.
  by apply: (rest_sign m.*2 x).1; rewrite odd_double.
have sum (k : seq R) : \prod_(x <- k) expR x = expR (\sum_(x <- k) x).
  by elim: k => [|x k IH]; rewrite ?big_nil ?expR0 // !big_cons IH expRD.
by rewrite !sum e.
Qed.

(* the checker, of e^x *)
Theorem exponential_exp : meaning.exponential (@expR R).
Proof. by split=> [|s t|]; [exact: expR0 | exact: expRD | case: exponential_rule]. Qed.
Theorem check_sound_real t hints p : kernel.check true true t hints p ->
  match p with kernel.Proved _ _ => meaning.meaning R t | kernel.Refuted _ _ _ => ~ meaning.meaning R t end.
Proof.
apply: sound.check_sound => [_ a a0|_]; last by exists (@expR R); exact: exponential_exp.
by exists (Num.sqrt a); rewrite ?sqrtr_ge0 // -expr2 sqr_sqrtr.
Qed.
End Taylor.
