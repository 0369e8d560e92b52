(* reduction.v -- CRS-T1.1 for service of types II and III: a single-unit scheme that guarantees alpha, for
   any weighted list of orders, gives an online rationing algorithm that serves every agent at alpha
   times its ex-ante service.  Demands are finite laws on positive values. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import multidraft contention lpsi phi rationing.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Reduction.
Variables (R : realFieldType) (J : finType) (g d : nat -> J -> R) (n : nat).
Hypotheses (g0 : forall k j, 0 <= g k j) (g1 : forall k, \sum_j g k j <= 1) (d0 : forall k j, 0 < d k j).
Notation x := (xload g d).

Lemma xload01 k : 0 <= x k <= 1.
Proof.
have u0 j : 0 <= unit_demand d k j by rewrite /unit_demand le_minr ler01 ltW.
apply/andP; split; first by apply: sumr_ge0 => j _; rewrite mulr_ge0.
apply: le_trans (g1 k); apply: ler_sum => j _.
by rewrite ler_pimulr // /unit_demand le_minl lexx orbT.
Qed.

(* the demands in the order l: position k holds agent at_ l k *)
Variables (L : finType) (w : L -> R) (at_ pos : L -> nat -> nat).
Hypothesis w0 : forall l, 0 <= w l.
Hypotheses (at_lt : forall l k, (k < n)%N -> (at_ l k < n)%N) (pos_lt : forall l i, (i < n)%N -> (pos l i < n)%N).
Hypothesis at_pos : forall l i, (i < n)%N -> at_ l (pos l i) = i.
Notation gl l := (fun k => g (at_ l k)).
Notation dl l := (fun k => d (at_ l k)).

Theorem CRS_T1_1 alpha : guaranteed n x w at_ pos alpha ->
  exists tau : L -> nat -> R, forall i, (i < n)%N ->
    [/\ forall l, 0 <= tau l (pos l i) <= 1,
        alpha * x i <= \sum_l w l * allocation (gl l) (dl l) (tau l) (pos l i)
      & alpha * (\sum_j g i j * (unit_demand d i j / d i j))
          <= \sum_l w l * fill_rate (gl l) (dl l) (tau l) (pos l i)].
Proof.
move/(CRS_L3_1 w (fun i _ => xload01 i) at_lt pos_lt) => [c [/= oc be]].
have T l : exists tau, forall k, (k < n)%N ->
    [/\ 0 <= tau k <= 1, allocation (gl l) (dl l) tau k = c l k * xload (gl l) (dl l) k
      & c l k * (\sum_j gl l k j * (unit_demand (dl l) k j / dl l k j)) <= fill_rate (gl l) (dl l) tau k].
  by apply: CRS_L2_2 => [k j|k|k j|]; [exact: g0|exact: g1|exact: d0|exact: oc].
have [tau H] := fin_all_exists T; exists tau => i iN; split.
- by move=> l; have [] := H l _ (pos_lt l iN).
- have /andP[x0 _] := xload01 i; apply: le_trans (ler_wpmul2r x0 (be i iN)) _.
  rewrite mulr_suml; apply: ler_sum => l _; have [_ -> _] := H l _ (pos_lt l iN).
  by rewrite -mulrA /xload /unit_demand at_pos.
have s0 : 0 <= \sum_j g i j * (unit_demand d i j / d i j).
  apply: sumr_ge0 => j _; rewrite mulr_ge0 // divr_ge0 ?(ltW (d0 i j)) //.
  by rewrite /unit_demand le_minr ler01 (ltW (d0 i j)).
apply: le_trans (ler_wpmul2r s0 (be i iN)) _; rewrite mulr_suml; apply: ler_sum => l _.
have [_ _] := H l _ (pos_lt l iN); rewrite /unit_demand at_pos // => le.
by rewrite -mulrA ler_wpmul2l.
Qed.
End Reduction.

(* forward-backward, with the guarantee alpha_0(rho) of CRS-T1.2 *)
Corollary CRS_T1_1_FB (R : realFieldType) (E : R -> R) (J : finType) (g d : nat -> J -> R) n rho :
  E 0 = 1 -> (forall s t, E (s + t) = E s * E t) -> (forall t : R, 1 + t <= E t) ->
  (forall k j, 0 <= g k j) -> (forall k, \sum_j g k j <= 1) -> (forall k j, 0 < d k j) ->
  \sum_(i < n) xload g d i <= rho ->
  exists tau : bool -> nat -> R, forall i, (i < n)%N ->
    let A := E (rho / 2%:R) / (1 + rho * E (rho / 2%:R)) in
    A * xload g d i <= (\sum_l allocation (fun k => g (fb n l k)) (fun k => d (fb n l k)) (tau l) (fb n l i)) / 2%:R /\
    A * (\sum_j g i j * (unit_demand d i j / d i j))
      <= (\sum_l fill_rate (fun k => g (fb n l k)) (fun k => d (fb n l k)) (tau l) (fb n l i)) / 2%:R.
Proof.
move=> E0 ED E1 g0 g1 d0 sx; have x01 := xload01 g0 g1 d0.
have G := CRS_T1_2_scheme E0 ED E1 (fun i _ => x01 i) sx.
have h0 l : 0 <= half R l by rewrite /half divr_ge0 ?ler01 ?ler0n.
have [tau H] := CRS_T1_1 g0 g1 d0 h0 (@fb_lt n) (@fb_lt n) (@fbK n) G.
exists tau => i iN /=; have [_ h1 h2] := H i iN; split.
  by apply: le_trans h1 _; rewrite -mulr_sumr /half mul1r mulrC.
by apply: le_trans h2 _; rewrite -mulr_sumr /half mul1r mulrC.
Qed.
