(* maximum.v -- over any ordered field, a linear objective that is bounded on a nonempty polyhedron has a
   maximum (by elimination, without completeness); hence LP-SI has a maximum. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft programs contention optimum lpsi.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Elimination.
Variable R : realFieldType.

(* one variable: a y <= f for all (a, f) of a list *)
Definition solves (C : seq (R * R)) y := all (fun u => u.1 * y <= u.2) C.

(* rows without the variable, and one row for each pair of opposite signs *)
Definition pairs (C : seq (R * R)) : seq R :=
  [seq u.2 | u <- C & u.1 == 0] ++
  [seq u.1 * v.2 - v.1 * u.2 | u <- [seq u <- C | 0 < u.1], v <- [seq v <- C | v.1 < 0]].

Lemma min_of (s : seq R) : s != [::] -> exists2 m, m \in s & forall y, y \in s -> m <= y.
Proof.
elim: s => // x [|y s] IH _; first by exists x; rewrite ?inE // => y; rewrite inE => /eqP->.
have [m ms H] := IH isT; have [xm|/ltW mx] := leP x m.
  exists x; first by rewrite inE eqxx.
  by move=> z; rewrite inE => /orP[/eqP->//|zs]; apply: le_trans xm (H _ zs).
exists m; first by rewrite inE ms orbT.
by move=> z; rewrite inE => /orP[/eqP->//|zs]; apply: H.
Qed.

Lemma max_of (s : seq R) : s != [::] -> exists2 m, m \in s & forall y, y \in s -> y <= m.
Proof.
move=> s0; have [|m ms H] := @min_of [seq - y | y <- s]; first by case: s s0.
case/mapP: ms => x xs E; exists x => // y ys.
by have := H (- y) (map_f _ ys); rewrite E ler_opp2.
Qed.

Theorem one_variable C : (exists y, solves C y) <-> all (fun r => 0 <= r) (pairs C).
Proof.
split=> [[y /allP H]|/allP H].
  apply/allP => r; rewrite mem_cat => /orP[/mapP[u]|/allpairsP[[u v]] /=].
    by rewrite mem_filter => /andP[/eqP u0 uC ->]; have := H u uC; rewrite u0 mul0r.
  rewrite !mem_filter => -[/andP[u0 uC] /andP[v0 vC] ->].
  have n0 : 0 <= - v.1 by rewrite oppr_ge0 ltW.
  have Hu := ler_wpmul2l n0 (H u uC); have Hv := ler_wpmul2l (ltW u0) (H v vC).
  rewrite -subr_ge0 in Hv; move: Hu; rewrite -subr_ge0 => Hu'.
  have := addr_ge0 Hu' Hv; move: (u.1) (u.2) (v.1) (v.2) => u1 u2 v1 v2 /=; congr (0 <= _); ring.
have H0 u : u \in C -> u.1 = 0 -> 0 <= u.2.
  move=> uC u0; apply: H; rewrite mem_cat; apply/orP; left; apply/mapP; exists u => //.
  by rewrite mem_filter u0 eqxx.
have H1 u v : u \in C -> v \in C -> 0 < u.1 -> v.1 < 0 -> v.2 / v.1 <= u.2 / u.1.
  move=> uC vC u0 v0; rewrite ler_pdivl_mulr // mulrAC ler_ndivr_mulr //.
  rewrite -subr_ge0; have := H (u.1 * v.2 - v.1 * u.2).
  rewrite mem_cat => /(_ _) le; have := le _; rewrite [X in 0 <= X](_ : _ = v.2 * u.1 - u.2 * v.1); last by ring.
  apply; apply/orP; right; apply/allpairsP; exists (u, v); rewrite /= !mem_filter u0 v0 uC vC.
  by split.
pose U := [seq u.2 / u.1 | u <- C & 0 < u.1]; pose V := [seq u.2 / u.1 | u <- C & u.1 < 0].
have inU u : u \in C -> 0 < u.1 -> u.2 / u.1 \in U.
  by move=> uC u0; apply/mapP; exists u; rewrite ?mem_filter ?u0.
have inV u : u \in C -> u.1 < 0 -> u.2 / u.1 \in V.
  by move=> uC u0; apply/mapP; exists u; rewrite ?mem_filter ?u0.
suff [y yU yV] : exists2 y, forall a, a \in U -> y <= a & forall a, a \in V -> a <= y.
  exists y; apply/allP => u uC; have [u0|u0|u0] := ltgtP u.1 0.
  - by rewrite -ler_ndivr_mull // mulrC; apply/yV/inV.
  - by rewrite -ler_pdivl_mull // mulrC; apply/yU/inU.
  - by rewrite u0 mul0r; apply: H0.
have [U0|Un] := eqVneq U [::].
  have [V0|Vn] := eqVneq V [::]; first by exists 0; rewrite ?U0 ?V0.
  by have [m _ Hm] := max_of Vn; exists m => //; rewrite U0.
have [m mU Hm] := min_of Un; exists m => // a /mapP[v]; rewrite mem_filter => /andP[v0 vC ->].
by case/mapP: mU => u; rewrite mem_filter => /andP[u0 uC ->]; apply: H1.
Qed.

Local Notation row := (row R).
Implicit Types (c u v : row) (C : seq row) (x : nat -> R).
Definition comb n u v := Row (coef u n * par v - coef v n * par u)
  (fun i => coef u n * coef v i - coef v n * coef u i) (coef u n * rhs v - coef v n * rhs u).
Definition elim n C := [seq c <- C | coef c n == 0] ++
  [seq comb n u v | u <- [seq u <- C | 0 < coef u n], v <- [seq v <- C | coef v n < 0]].

Lemma slack_comb n beta x u v :
  slack n beta x (comb n u v) = coef u n * slack n beta x v - coef v n * slack n beta x u.
Proof.
rewrite /slack /=; have -> : \sum_(i < n) (coef u n * coef v i - coef v n * coef u i) * x i
    = coef u n * (\sum_(i < n) coef v i * x i) - coef v n * (\sum_(i < n) coef u i * x i).
  by rewrite !mulr_sumr -sumrB; apply: eq_bigr => i _; ring.
move: (\sum_(i < n) coef v i * x i) (\sum_(i < n) coef u i * x i) => s t; ring.
Qed.

Lemma all_pairs (S T U : Type) (g : S -> T -> U) (P : pred U) (s : seq S) (t : seq T) :
  all P [seq g a e | a <- s, e <- t] = all (fun a => all (fun e => P (g a e)) t) s.
Proof. by elim: s => //= a s IH; rewrite all_cat all_map IH. Qed.

Lemma elim_step n beta C :
  (exists x, all (holds n.+1 beta x) C) <-> (exists x, all (holds n beta x) (elim n C)).
Proof.
pose f x c := (coef c n, slack n beta x c).
have P x : all (holds n beta x) (elim n C) = all (fun r => 0 <= r) (pairs (map (f x) C)).
  rewrite /pairs /elim !filter_map !all_cat; congr (_ && _); first by rewrite -map_comp all_map.
  rewrite allpairs_mapl allpairs_mapr !all_pairs.
  apply: eq_all => u; apply: eq_all => v; by rewrite /holds slack_comb.
have S x : all (holds n.+1 beta x) C = solves (map (f x) C) (x n).
  rewrite /solves all_map; apply: eq_all => c.
  by rewrite /holds /slack big_ord_recr /= opprD addrA subr_ge0.
split=> [[x]|[x]].
  by rewrite S => H; exists x; rewrite P; apply/one_variable; exists (x n).
rewrite P => /one_variable[y H]; exists (fun i => if i == n then y else x i).
rewrite S eqxx (_ : map _ _ = map (f x) C) //; apply: eq_map => c; congr (_, _).
by congr (_ - _); apply: eq_bigr => i _; rewrite ltn_eqF.
Qed.

(* all variables eliminated *)
Theorem projection n C : exists C', forall beta,
  (exists x, all (holds n beta x) C) <-> all (holds 0 beta (fun=> 0)) C'.
Proof.
elim: n C => [|n IH] C.
  exists C => beta; have E x : all (holds 0 beta x) C = all (holds 0 beta (fun=> 0)) C.
    by apply: eq_all => c; rewrite /holds /slack !big_ord0.
  by split=> [[x]|H]; [rewrite E|exists (fun=> 0)].
have [C' H] := IH (elim n C); exists C' => beta.
by rewrite -H; apply: elim_step.
Qed.

(* a nonempty polyhedron on which beta is bounded has a point with the largest beta *)
Theorem lp_max n C bound : (exists beta x, all (holds n beta x) C) ->
  (forall beta x, all (holds n beta x) C -> beta <= bound) ->
  exists2 v, (exists x, all (holds n v x) C) & forall beta x, all (holds n beta x) C -> beta <= v.
Proof.
have [C' H] := projection n C; move=> [b0 [x0 f0]] bd.
have h0 : all (holds 0 b0 (fun=> 0)) C' by apply/H; exists x0.
pose s := [seq rhs c / par c | c <- C' & 0 < par c].
have E c beta : holds 0 beta (fun=> 0) c = (par c * beta <= rhs c).
  by rewrite /holds /slack big_ord0 subr0 subr_ge0.
have Sle beta m : all (holds 0 beta (fun=> 0)) C' -> m \in s -> beta <= m.
  rewrite /s; elim: (C') => // c l IH /= /andP[hc hl]; case: ifP => [p0|_]; last exact: IH.
  rewrite inE => /orP[/eqP->|]; last exact: IH.
  by rewrite ler_pdivl_mulr // mulrC -E.
have up m : b0 <= m -> (forall y, y \in s -> m <= y) -> all (holds 0 m (fun=> 0)) C'.
  rewrite /s => bm; elim: (C') h0 => // c l IH /= /andP[hc hl] Hm.
  have [p0|p0] := ltP 0 (par c).
    rewrite p0 in Hm; rewrite IH // ?andbT => [|y yl]; last by apply: Hm; rewrite inE yl orbT.
    by rewrite E -ler_pdivl_mull // mulrC; apply: Hm; rewrite inE eqxx.
  rewrite ltNge p0 /= in Hm; rewrite IH // andbT E.
  by apply: le_trans (_ : par c * b0 <= _); [apply: ler_wnmul2l | rewrite -E].
have [s0|sn] := eqVneq s [::].
  have lb : b0 <= bound by apply: bd f0.
  have := up (bound + 1) (ler_paddr ler01 lb); rewrite s0 => /(_ (fun y => _)) h.
  have /H[x hx] : all (holds 0 (bound + 1) (fun=> 0)) C' by apply: h.
  by have := bd _ _ hx; rewrite -ler_subr_addl subrr ler10.
have [m ms Hm] := min_of sn; exists m.
  by apply/H/up => //; apply: Sle ms.
by move=> beta x f; apply: (Sle _ _ _ ms); apply/H; exists x.
Qed.

End Elimination.

(* ---- LP-SI ---- *)
Section LPSI.
Variables (R : realFieldType) (n : nat) (x : nat -> R).
Hypothesis x0 : forall i, (i < n)%N -> 0 <= x i.

(* variables 0..n-1: c; n..2n-1: e *)
Let rx k := x (n - k.+1)%N.
Definition row_pos k : row R := Row 0 (fun i => - (i == k)%:R) 0.
Definition row_c k : row R := Row 0 (fun i => (i == k)%:R + (i < k)%N%:R * x i) 1.
Definition row_e k : row R :=
  Row 0 (fun i => (i == n + k)%N%:R + ((n <= i) && (i < n + k))%N%:R * rx (i - n)) 1.
Definition row_beta k : row R :=
  Row 1 (fun i => - ((i == k)%:R + (i == n + (n - k.+1))%N%:R) / 2%:R) 0.
Definition rows_si := [seq row_pos k | k <- iota 0 (n + n)] ++ [seq row_c k | k <- iota 0 n] ++
  [seq row_e k | k <- iota 0 n] ++ [seq row_beta k | k <- iota 0 n].

Lemma pick_sum m k (y : nat -> R) : (k < m)%N -> \sum_(i < m) (val i == k)%:R * y i = y k.
Proof.
move=> km; rewrite (bigD1 (Ordinal km)) //= eqxx mul1r big1 ?addr0 // => i ne.
by rewrite (_ : (val i == k) = false) ?mul0r //; apply/negbTE; apply: contra ne => /eqP E; apply/eqP/val_inj.
Qed.
Lemma below_sum m k (y : nat -> R) : (k <= m)%N -> \sum_(i < m) (i < k)%N%:R * y i = \sum_(i < k) y i.
Proof.
move=> km; rewrite [RHS](big_ord_widen m y km) [RHS]big_mkcond /=.
by apply: eq_bigr => i _; case: (i < k)%N; rewrite ?mul1r ?mul0r.
Qed.

Lemma rows_siP beta y :
  all (holds (n + n) beta y) rows_si <-> fb_lp n x (beta, y, fun k => y (n + k)%N).
Proof.
have hp k : (k < n + n)%N -> holds (n + n) beta y (row_pos k) = (0 <= y k).
  move=> kn; rewrite /holds /slack /= mul0r subr0 sub0r -sumrN.
  by rewrite (eq_bigr (fun i : 'I_(n + n) => (val i == k)%:R * y i)) ?pick_sum // => i _; rewrite mulNr opprK.
have hc k : (k < n)%N -> holds (n + n) beta y (row_c k) = (y k <= 1 - \sum_(j < k) x j * y j).
  move=> kn; rewrite /holds /slack /= mul0r subr0.
  under eq_bigr do rewrite mulrDl -mulrA.
  rewrite big_split /= pick_sum ?ltn_addr // (below_sum (fun i => x i * y i)) ?leq_addr 1?ltnW ?ltn_addr //.
  by rewrite opprD addrA addrAC subr_ge0.
have he k : (k < n)%N -> holds (n + n) beta y (row_e k) = (y (n + k)%N <= 1 - \sum_(j < k) rx j * y (n + j)%N).
  move=> kn; rewrite /holds /slack /= mul0r subr0.
  under eq_bigr do rewrite mulrDl -mulrA.
  rewrite big_split /= pick_sum ?ltn_add2l //.
  have -> : \sum_(i < n + n) ((n <= i) && (i < n + k))%N%:R * (rx (i - n) * y i) = \sum_(j < k) rx j * y (n + j)%N.
    rewrite big_split_ord /= big1 ?add0r => [|i _]; last by rewrite leqNgt ltn_ord mul0r.
    rewrite -(below_sum (fun j => rx j * y (n + j)%N) (ltnW kn)).
    by apply: eq_bigr => i _; rewrite leq_addr ltn_add2l addKn.
  by rewrite opprD addrA addrAC subr_ge0.
have hb k : (k < n)%N -> holds (n + n) beta y (row_beta k) = (beta <= (y k + y (n + (n - k.+1))%N) / 2%:R).
  move=> kn; have nk : (n - k.+1 < n)%N by rewrite -subSn // subSS leq_subr.
  rewrite /holds /slack /= mul1r sub0r.
  rewrite (eq_bigr (fun i : 'I_(n + n) => - (((val i == k)%:R * y i + (val i == n + (n - k.+1))%N%:R * y i) / 2%:R)))
    => [|i _]; last by rewrite -mulrDl mulNr mulNr mulrAC.
  rewrite sumrN opprK -mulr_suml big_split /= !pick_sum ?ltn_add2l ?ltn_addr //.
  by rewrite addrC subr_ge0.
rewrite /rows_si !all_cat !all_map; split.
  case/and4P=> /allP p /allP c /allP e /allP b.
  have P k : (k < n + n)%N -> 0 <= y k by move=> kn; rewrite -hp //; apply: p; rewrite mem_iota.
  split=> [k kn|k kn|k kn] /=.
  - split; first by apply: P; rewrite ltn_addr.
    by rewrite -hc //; apply: c; rewrite mem_iota.
  - split; first by apply: P; rewrite ltn_add2l.
    by rewrite -he //; apply: e; rewrite mem_iota.
  - by rewrite -hb //; apply: b; rewrite mem_iota.
case=> c e b; apply/and4P; split; apply/allP => k; rewrite mem_iota add0n /= => kn.
- rewrite hp //; have [lt|ge] := ltnP k n; first by have [] := c k lt.
  by have [|h _] := e (k - n)%N; [rewrite ltn_subLR | move: h; rewrite /= subnKC].
- by rewrite hc //; have [] := c k kn.
- by rewrite he //; have [] := e k kn.
- by rewrite hb //; apply: b.
Qed.

(* LPOPT exists *)
Theorem LPSI_has_max : (0 < n)%N -> exists v, is_max (fb_lp n x) (fun z => z.1.1) v.
Proof.
move=> n0; have bd beta c e : fb_lp n x (beta, c, e) -> beta <= 1.
  case=> oc oe be; have nk : (n - 1 < n)%N by rewrite ltn_subrL n0.
  have le (y f : nat -> R) : (forall i, (i < n)%N -> 0 <= y i) -> one_order n y f -> forall k, (k < n)%N -> f k <= 1.
    move=> y0 o k kn; have [_ h] := o k kn; apply: le_trans h _; rewrite ler_subl_addr ler_addl.
    apply: sumr_ge0 => j _; have jn := ltn_trans (ltn_ord j) kn.
    by have [h _] := o j jn; rewrite mulr_ge0 ?y0.
  have r0 i : (i < n)%N -> 0 <= x (n - i.+1)%N by move=> iN; apply: x0; rewrite -subSn // subSS leq_subr.
  apply: le_trans (be 0%N n0) _; rewrite ler_pdivr_mulr ?ltr0n // mul1r mulr2n.
  by apply: ler_add; [apply: (le x)|apply: (le _ e r0)].
have [||v [y fy] up] := @lp_max R (n + n) rows_si 1.
- exists 0, (fun=> 0); apply/rows_siP.
  have o (y : nat -> R) : one_order n y (fun=> 0).
    by move=> k _; rewrite lexx big1 ?subr0 ?ler01 // => j _; rewrite mulr0.
  by split=> [||i _] //; rewrite addr0 mul0r.
- by move=> beta y /rows_siP /bd.
exists v; split; first by exists (v, y, fun k => y (n + k)%N) => //; apply/rows_siP.
move=> [[beta c] e] f; apply: (up beta (fun i => if (i < n)%N then c i else e (i - n)%N)).
apply/rows_siP; have [oc oe be] := f.
have ec i : (i < n)%N -> (if (i < n)%N then c i else e (i - n)%N) = c i by move=> ->.
have ee k : (if (n + k < n)%N then c (n + k)%N else e (n + k - n)%N) = e k by rewrite ltnNge leq_addr addKn.
split=> [k kn|k kn|k kn]; rewrite ?ee ?ec //.
- have [h1 h2] := oc k kn; split=> //; apply: le_trans h2 _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  by congr (_ - _); apply: eq_bigr => j _; rewrite ec // (ltn_trans (ltn_ord j)).
- have [h1 h2] := oe k kn; split=> //; apply: le_trans h2 _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  by congr (_ - _); apply: eq_bigr => j _; rewrite ee.
- exact: be.
Qed.
End LPSI.

(* hence a best guarantee exists, and the value of LP-SI is it *)
Corollary best_guarantee (R : realFieldType) n (x : nat -> R) : (0 < n)%N ->
  (forall i, (i < n)%N -> 0 <= x i <= 1) ->
  exists v, fb_guaranteed n x v /\ forall beta, fb_guaranteed n x beta -> beta <= v.
Proof.
move=> n0 x01; have [|v [[[[b c] e] f E] up]] := @LPSI_has_max R n x _ n0.
  by move=> i iN; have /andP[] := x01 i iN.
exists v; split; first by apply/(CRS_L3_1_FB x01); exists c, e; rewrite -E; exact: f.
by move=> beta /(CRS_L3_1_FB x01)[c' [e' f']]; apply: (up _ f').
Qed.
