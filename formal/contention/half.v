(* half.v -- CRS-T1.5: no forward-backward knapsack scheme guarantees more than 1/(2 + 1/e), in the limit.
   Sizes above one half let a scheme accept one element only. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention sizes optimum lpsi phi hardness.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Half.
Variables (R : realFieldType) (s : R).
Hypothesis big : 1 / 2%:R < s.
Implicit Types (x : nat -> R) (d : kscheme R).

(* the history in which nothing has been accepted *)
Definition none_of (h : seq bool) : seq (bool * bool) := map (fun b => (b, false)) h.
Definition single d : scheme R := fun h => d (none_of h).

Lemma Kx_single x d k f : (forall h, has snd h -> f h = 0) -> Kx x d k f = Ex x k (fun h => free (single d) h * f (none_of h)).
Proof.
elim: k f => [|k IH] f f0 /=; first by rewrite mul1r.
rewrite IH => [|h hh]; last by rewrite !f0 //= ?hh ?orbT // !(mulr0, addr0).
apply: Ex_ext => h _ /=; rewrite (f0 ((true, true) :: _)) //= mul1r mul0r subr0 mulr1 /single; ring.
Qed.
Lemma full_after d h : is_knapsack s d -> has snd h -> d h = 0.
Proof.
move=> [_ H] hh; apply: H; have c1 : 1 <= (count snd h)%:R :> R by rewrite ler1n -has_count.
have s0 : 0 < s by apply: lt_trans big; rewrite divr_gt0 ?ltr01 ?ltr0n.
apply: (@lt_le_trans _ _ (s + s)); last by rewrite ler_add2r /load ler_pemulr // ltW.
by rewrite -mulr2n -mulr_natr -ltr_pdivr_mulr ?ltr0n.
Qed.
Lemma taken_single x d k : is_knapsack s d -> taken_given x d k = acc_given x (single d) k.
Proof. by move=> kd; rewrite /taken_given Kx_single // => h; apply: full_after. Qed.

(* what a knapsack scheme guarantees, a single-unit scheme does *)
Theorem knapsack_single n x beta : knapsack_guaranteed s n x beta -> fb_guaranteed n x beta.
Proof.
move=> [S [mu [d [mu0 mu1 kd g]]]]; exists S, mu, (fun r l => single (d r l)); split=> // [r l h|i ni].
  by have [H _] := kd r l; apply: H.
apply: le_trans (g i ni) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
by apply: eq_bigr => l _; congr (_ * _); apply: eq_bigr => r _; rewrite taken_single.
Qed.

(* and back: a single-unit scheme, which accepts nothing once something has been accepted *)
Definition as_knapsack (d : scheme R) : kscheme R := fun h => if has snd h then 0 else d (map fst h).
Lemma single_as_knapsack (d : scheme R) : single (as_knapsack d) =1 d.
Proof.
move=> h; rewrite /single /as_knapsack (_ : has snd (none_of h) = false); last by elim: h.
by congr d; elim: h => //= b h ->.
Qed.
Lemma as_knapsackP (d : scheme R) : s <= 1 -> is_scheme d -> is_knapsack s (as_knapsack d).
Proof.
move=> s1 d01; split=> h; rewrite /as_knapsack; case: ifP => // hh; first by rewrite lexx ler01.
have -> : load s h = 0 by rewrite /load (_ : count snd h = 0%N) ?mulr0 //; apply/eqP; rewrite -leqn0 leqNgt -has_count hh.
by rewrite add0r ltNge s1.
Qed.
Lemma acc_given_ext x (d e : scheme R) k : d =1 e -> acc_given x d k = acc_given x e k.
Proof.
move=> de; rewrite /acc_given; apply: Ex_ext => h _; rewrite de; congr (_ * _).
by elim: h => //= b h ->; rewrite de.
Qed.
Theorem CRS_P4_5 n x beta : s <= 1 -> knapsack_guaranteed s n x beta <-> fb_guaranteed n x beta.
Proof.
move=> s1; split; first exact: knapsack_single.
move=> [S [mu [d [mu0 mu1 ds g]]]]; exists S, mu, (fun r l => as_knapsack (d r l)); split=> // [r l|i ni].
  exact: as_knapsackP.
apply: le_trans (g i ni) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
apply: eq_bigr => l _; congr (_ * _); apply: eq_bigr => r _.
rewrite taken_single; last exact: as_knapsackP.
by congr (_ * _); apply: acc_given_ext => h; rewrite single_as_knapsack.
Qed.
End Half.

Section Limit.
Variables (R : archiFieldType) (E : R -> R).
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t).
Let Ep t : 0 < E t := E_gt0 E0 ED t.

(* s x_i is the expected size of element i; together they fill the knapsack *)
Theorem CRS_T1_5 eps : 0 < eps ->
  exists n s (x : nat -> R),
    [/\ 1 / 2%:R < s <= 1, forall i, (i < n)%N -> 0 <= x i <= 1, \sum_(i < n) s * x i = 1
      & forall beta, knapsack_guaranteed s n x beta -> beta <= 1 / (2%:R + E (-1)) + eps].
Proof.
move=> e0; pose eta := Num.min 1 (eps / 2%:R); pose rho := 2%:R - eta.
have h0 : 0 < eps / 2%:R by rewrite divr_gt0 ?ltr0n.
have t0 : 0 < eta by rewrite lt_minr ltr01 h0.
have t1 : eta <= 1 by rewrite le_minl lexx.
have te : eta <= eps / 2%:R by rewrite le_minl lexx orbT.
have r1 : 1 <= rho by rewrite /rho ler_subr_addr -[X in _ <= X]/(1 + 1 : R) ler_add2l.
have r2 : rho < 2%:R by rewrite /rho ltr_subl_addr ltr_addl.
have r0 : 0 < rho := lt_le_trans ltr01 r1.
have [n [x [x01 xs H]]] := CRS_T1_3 E0 ED E1 (ltW r0) h0.
exists n, rho^-1, x; split=> //.
- rewrite invf_le1 // r1 andbT mul1r ltf_pinv ?posrE ?ltr0n //.
- by rewrite -mulr_sumr xs mulVf // gt_eqF.
move=> beta /(knapsack_single _) /H le; apply: le_trans (le _) _.
  by rewrite mul1r ltf_pinv ?posrE ?ltr0n.
rewrite -/(den E rho) -/(alpha0 E rho) (alpha0_inv E0 ED) ?(ltW r0) //.
set u := rho + _; set w := 2%:R + _.
have Em : E (-1) <= E (- (rho / 2%:R)).
  have -> : - (rho / 2%:R) = -1 + eta / 2%:R by rewrite /rho; field.
  rewrite ED ler_pmulr //; apply: le_trans (E1 _); rewrite ler_addl divr_ge0 ?ler0n //; exact: ltW.
have u1 : 1 <= u by rewrite /u; apply: le_trans r1 _; rewrite ler_addl ltW.
have w1 : 1 <= w by rewrite /w; apply: (@le_trans _ _ 2%:R); rewrite ?ler1n // ler_addl ltW.
have u0 : 0 < u := lt_le_trans ltr01 u1. have w0 : 0 < w := lt_le_trans ltr01 w1.
have D : u^-1 = w^-1 + (w - u) / (u * w) by field; rewrite !gt_eqF.
have wu : w - u <= eta.
  rewrite /w /u /rho; move: Em; set a := E (-1); set b := E _ => ab.
  have -> : 2%:R + a - (2%:R - eta + b) = eta + (a - b) by ring.
  by rewrite ger_addl subr_le0.
have e2 : eps = eps / 2%:R + eps / 2%:R by field.
rewrite D mul1r -addrA ler_add2l [X in _ <= X]e2 ler_add2r ler_pdivr_mulr ?mulr_gt0 //; apply: le_trans wu _; apply: le_trans te _.
by rewrite ler_pemulr ?(ltW h0) // -[1]mulr1 ler_pmul ?ler01.
Qed.
End Limit.
