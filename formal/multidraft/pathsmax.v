(* pathsmax.v -- the program for several drafted paths attains its maximum, hence a best
   lossless scheme exists.  A bounded feasible linear program has a maximum over any ordered field
   (maximum.v); here it is brought to programs that are written with sums and conditions. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import multidraft programs schemes optimum maximum block multipath.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- linear forms and polyhedra over finitely many variables ---- *)
Section Linear.
Variables (R : realFieldType) (T : finType).
Implicit Types (f g : (T -> R) -> R) (x : T -> R) (P Q : (T -> R) -> Prop).

Lemma linear_coord t : linear (fun x => x t).
Proof.
exists (fun s => (s == t)%:R) => x; rewrite (bigD1 t) //= eqxx mul1r big1 ?addr0 // => s /negbTE->.
by rewrite mul0r.
Qed.
Lemma linear0 : linear (fun _ : T -> R => 0).
Proof. by exists (fun=> 0) => x; rewrite big1 // => t _; rewrite mul0r. Qed.
Lemma linear_scale a f : linear f -> linear (fun x => a * f x).
Proof. by case=> c E; exists (fun t => a * c t) => x; rewrite E mulr_sumr; apply: eq_bigr => t _; rewrite mulrA. Qed.
Lemma linear_sum (I : finType) (F : I -> (T -> R) -> R) : (forall i, linear (F i)) ->
  linear (fun x => \sum_i F i x).
Proof.
move=> H; have [c E] := fin_all_exists H; exists (fun t => \sum_i c i t) => x.
under eq_bigr do rewrite E; rewrite exchange_big /=; apply: eq_bigr => t _.
by rewrite mulr_suml.
Qed.

Lemma poly_le f g b : linear f -> linear g -> polyhedral (fun x => f x <= g x + b).
Proof.
move=> [c E] [e F]; exists [:: (fun t => c t - e t, b)] => x /=; rewrite andbT /sat /= E F.
under [X in _ <-> is_true (X <= _)]eq_bigr do rewrite mulrBl.
by rewrite sumrB ler_subl_addl.
Qed.
Lemma poly_and P Q : polyhedral P -> polyhedral Q -> polyhedral (fun x => P x /\ Q x).
Proof.
move=> [r E] [s F]; exists (r ++ s) => x; rewrite all_cat E F.
by split=> [[-> ->]|/andP].
Qed.
Lemma poly_ext P Q : (forall x, P x <-> Q x) -> polyhedral P -> polyhedral Q.
Proof. by move=> H [r E]; exists r => x; rewrite -H. Qed.
Lemma poly_true : polyhedral (fun _ : T -> R => True).
Proof. by exists [::]. Qed.
Lemma poly_eq f b : linear f -> polyhedral (fun x => f x = b).
Proof.
move=> lf; have l0 := linear0.
have N : linear (fun x => - f x).
  have [c E] := linear_scale (-1) lf; exists c => x; by rewrite -E mulN1r.
apply: poly_ext (poly_and (poly_le b lf l0) (poly_le (- b) N l0)) => x.
rewrite !add0r ler_opp2; split=> [[le ge]|->]; last by [].
by apply: le_anti; rewrite le ge.
Qed.
Lemma poly_all (I : finType) (F : I -> (T -> R) -> Prop) : (forall i, polyhedral (F i)) ->
  polyhedral (fun x => forall i, F i x).
Proof.
move=> H; have [r E] := fin_all_exists H; exists (flatten [seq r i | i <- enum I]) => x.
split=> [h|].
  by elim: (enum I) => //= i s IH; rewrite all_cat IH andbT; apply/E.
move=> h i; apply/E; move: h (mem_enum I i); elim: (enum I) => //= j s IH; rewrite all_cat => /andP[rj /IH h].
by rewrite inE => /orP[/eqP->|].
Qed.
Lemma poly_if (b : bool) P : polyhedral P -> polyhedral (fun x => b -> P x).
Proof. by case: b => // h; [apply: poly_ext h => x; split=> // H; apply: H | apply: poly_ext poly_true]. Qed.

(* the maximum of a linear form *)
Theorem polyhedral_max P f bound : polyhedral P -> linear f ->
  (exists x, P x) -> (forall x, P x -> f x <= bound) -> exists v, is_max P f v.
Proof.
move=> [rows EP] [c Ef] [x0 Px0] bd.
pose at_ (k : T -> R) (i : nat) := if insub i is Some o then k (@enum_val T T o) else 0.
pose C := Row 1 (at_ (fun t => - c t)) 0 :: [seq Row 0 (at_ r.1) r.2 | r <- rows].
pose vec (y : nat -> R) (t : T) := y (val (enum_rank t)).
have S k (y : nat -> R) : \sum_(i < #|T|) at_ k i * y i = \sum_t k t * vec y t.
  rewrite [RHS](reindex (@enum_val T T)) /=; last exact: onW_bij (enum_val_bij T).
  by apply: eq_bigr => i _; rewrite /at_ valK /vec enum_valK.
have H beta y : all (holds #|T| beta y) C = (beta <= f (vec y)) && all (sat (vec y)) rows.
  rewrite /= all_map; congr (_ && _).
    rewrite /holds /slack /= mul1r sub0r S (eq_bigr (fun t => - (c t * vec y t))) => [|t _]; last by rewrite mulNr.
    by rewrite sumrN opprK -Ef addrC subr_ge0.
  by apply: eq_all => r; rewrite /holds /slack /= mul0r subr0 S subr_ge0.
have vecK x : exists y, vec y =1 x.
  exists (fun i => if insub i is Some o then x (@enum_val T T o) else 0) => t.
  by rewrite /vec valK enum_rankK.
have [||v [y fy] up] := @lp_max R #|T| C bound.
- have [y E] := vecK x0; exists (f x0), y; rewrite H Ef Ef.
  rewrite (eq_bigr (fun t => c t * vec y t)) ?lexx /= => [|t _]; last by rewrite E.
  apply/EP; move/EP: Px0 => Px0; apply/EP; apply: sub_all Px0 => r.
  by rewrite /sat; under eq_bigr do rewrite -E.
- by move=> beta y; rewrite H => /andP[le /EP/bd]; apply: le_trans.
have [fv Pv] := andP (etrans (esym (H v y)) fy).
exists v; split.
  exists (vec y); first exact/EP.
  by apply: le_anti; rewrite fv andbT; apply: (up _ y); rewrite H lexx.
move=> x Px; have [z E] := vecK x; apply: (up _ z); rewrite H !Ef.
rewrite (eq_bigr (fun t => c t * vec z t)) ?lexx /= => [|t _]; last by rewrite E.
move/EP: Px; apply: sub_all => r; by rewrite /sat; under eq_bigr do rewrite -E.
Qed.
End Linear.

(* ---- several paths ---- *)
Section Paths.
Variables (R : realFieldType) (Y D : finType) (K L : nat).
Variables (M : seq Y -> Y -> R) (b : D -> R) (paths : D -> 'I_K -> L.-tuple Y).
Hypotheses (K0 : (0 < K)%N) (M_ge0 : forall z y, 0 <= M z y) (M_total : forall z, \sum_y M z y = 1).
Hypotheses (b_ge0 : forall d, 0 <= b d) (b_total : \sum_d b d = 1).
Implicit Types (A : D -> seq Y -> R) (z : seq Y).
Notation feasible := (fun A => acceptance b paths A /\ rows M A).

(* a variable for each draft and text of at most L tokens; longer texts are never accepted *)
Notation T := (D * {bseq L of Y})%type.
Definition ext (x : T -> R) d z : R := if insub z is Some u then x (d, u) else 0.

Lemma ext_in x d (u : {bseq L of Y}) : ext x d u = x (d, u).
Proof. by rewrite /ext valK. Qed.
Lemma ext_long x d z : (L < size z)%N -> ext x d z = 0.
Proof. by move=> lt; rewrite /ext insubF // leqNgt lt. Qed.
Lemma linear_ext d z : linear (fun x => ext x d z).
Proof. by rewrite /ext; case: insub => [u|]; [apply: linear_coord | apply: linear0]. Qed.

Definition feasible_in (x : T -> R) :=
  [/\ forall d, ext x d [::] = b d, forall t : T, 0 <= x t, forall t : T, ~~ on paths t.1 t.2 -> x t = 0,
      forall t : T, \sum_y ext x t.1 (rcons t.2 y) <= x t
    & forall u : {bseq L of Y} * Y, \sum_d ext x d (rcons u.1 u.2) <= M u.1 u.2 * \sum_d ext x d u.1].

Lemma feasible_inP x : feasible_in x <-> feasible (ext x).
Proof.
have long d z y : (L < size z)%N -> ext x d (rcons z y) = 0 by move=> lt; rewrite ext_long // size_rcons ltnW.
split=> [[x1 x2 x3 x4 x5]|[[A1 A2 A3 A4] A5]]; last first.
  split=> // [[d u]|[d u]|[d u]|[u y]] /=.
  - by have := A2 d u; rewrite ext_in.
  - by have := A3 d u; rewrite ext_in.
  - by have := A4 d u; rewrite ext_in.
  - exact: A5.
have case z : (L < size z)%N \/ exists u : {bseq L of Y}, z = u.
  by case: (ltnP L (size z)) => s; [left | right; exists (Bseq s)].
split; first split=> [//|d z|d z|d z].
- by case: (case z) => [lt|[u ->]]; [rewrite ext_long | rewrite ext_in].
- by case: (case z) => [lt|[u ->]] o; [rewrite ext_long | rewrite ext_in; apply: (x3 (d, u))].
- case: (case z) => [lt|[u ->]]; last by rewrite ext_in; apply: (x4 (d, u)).
  by rewrite ext_long // big1 // => y _; apply: long.
move=> z y; case: (case z) => [lt|[u ->]]; last exact: (x5 (u, y)).
rewrite /total big1 => [|d _]; last exact: long.
by rewrite big1 ?mulr0 // => d _; apply: ext_long.
Qed.

Lemma feasible_polyhedral : polyhedral feasible_in.
Proof.
have le0 f g : linear f -> linear g -> polyhedral (fun x : T -> R => f x <= g x).
  by move=> lf lg; apply: poly_ext (poly_le 0 lf lg) => x; rewrite addr0.
have P1 : polyhedral (fun x => forall d, ext x d [::] = b d).
  by apply: poly_all => d; apply: poly_eq; apply: linear_ext.
have P2 : polyhedral (fun x : T -> R => forall t : T, 0 <= x t).
  by apply: poly_all => t; apply: (le0 (fun=> 0)); [apply: linear0 | apply: linear_coord].
have P3 : polyhedral (fun x : T -> R => forall t : T, ~~ on paths t.1 t.2 -> x t = 0).
  by apply: poly_all => t; apply: poly_if; apply: (poly_eq (f := fun x => x t)); apply: linear_coord.
have P4 : polyhedral (fun x : T -> R => forall t : T, \sum_y ext x t.1 (rcons t.2 y) <= x t).
  apply: poly_all => t; apply: (le0 (fun x => \sum_y ext x t.1 (rcons t.2 y)) (fun x => x t)); last exact: linear_coord.
  by apply: linear_sum => y; apply: linear_ext.
have P5 : polyhedral (fun x => forall u : {bseq L of Y} * Y,
    \sum_d ext x d (rcons u.1 u.2) <= M u.1 u.2 * \sum_d ext x d u.1).
  apply: poly_all => u; apply: (le0 (fun x => \sum_d ext x d (rcons u.1 u.2)) (fun x => M u.1 u.2 * \sum_d ext x d u.1)).
    by apply: linear_sum => d; apply: linear_ext.
  by apply: linear_scale; apply: linear_sum => d; apply: linear_ext.
apply: poly_ext (poly_and P1 (poly_and P2 (poly_and P3 (poly_and P4 P5)))) => x.
by split=> [[? [? [? [? ?]]]]|[? ? ? ? ?]].
Qed.

(* at most L tokens are accepted *)
Lemma objective_le A : acceptance b paths A -> objective L A <= L%:R.
Proof.
case=> A1 A2 A3 A4; rewrite -[L in L%:R]card_ord -sumr_const; apply: ler_sum => l _.
rewrite /total exchange_big /= -b_total; apply: ler_sum => d _.
elim: (l.+1) => [|k IH]; first by rewrite sum_nil A1.
by rewrite -(sum_rcons k (A d)); apply: le_trans IH; apply: ler_sum => z _.
Qed.

Theorem MD_paths_max : exists v, is_max feasible (objective L) v.
Proof.
have lin : linear (fun x => objective L (ext x)).
  apply: linear_sum => l; apply: linear_sum => z; apply: linear_sum => d; exact: linear_ext.
have [|x /feasible_inP[ax _]|v [[x /feasible_inP fx ov] up]] :=
  polyhedral_max (bound := L%:R) feasible_polyhedral lin.
- pose A d z : R := if z is [::] then b d else 0.
  have An d z y : A d (rcons z y) = 0 by case: z.
  exists (fun t : T => A t.1 (t.2 : seq Y)); apply/feasible_inP.
  have E d z : ext (fun t : T => A t.1 (t.2 : seq Y)) d z = A d z.
    rewrite /ext; case: insubP => [u _ <- //|]; by case: z.
  have Az d z : 0 <= A d z by case: z => [|? ?] /=.
  split; first split=> [d|d z|d z|d z]; rewrite ?E //.
  + case: z => //=; rewrite negb_exists => /forallP/(_ (Ordinal K0)).
    by rewrite take0 eqxx.
  + by rewrite big1 // => y _; rewrite E An.
  move=> z y; rewrite /total big1 => [|d _]; last by rewrite E An.
  by rewrite mulr_ge0 // sumr_ge0 // => d _; rewrite E.
- exact: objective_le.
exists v; split; first by exists (ext x).
move=> A fA; have [aA _] := fA; pose y (t : T) := A t.1 (t.2 : seq Y).
have E d z : ext y d z = A d z.
  rewrite /ext; case: insubP => [u _ <- //|]; rewrite -ltnNge => lt.
  by rewrite (long0 d aA lt).
have F : feasible (ext y).
  have [[A1 A2 A3 A4] A5] := fA.
  split; first split=> [d|d z|d z o|d z]; rewrite ?E //; first exact: A3.
    by under eq_bigr do rewrite E.
  move=> z u; rewrite /total; under eq_bigr do rewrite E; under [X in _ <= _ * X]eq_bigr do rewrite E.
  exact: A5.
have := up y; rewrite (_ : objective L (ext y) = objective L A); first by apply; apply/feasible_inP.
by apply: eq_bigr => l _; apply: eq_bigr => z _; apply: eq_bigr => d _; rewrite E.
Qed.

(* a best lossless scheme exists *)
Corollary MD_paths_best : exists v,
  is_max (fun x : (D -> seq Y -> R) * (D -> seq Y -> Y -> R) =>
            [/\ acceptance b paths x.1, correction x.1 x.2 & lossless M x.1 x.2]) (fun x => mean_accepted L x.1) v.
Proof. by have [v vm] := MD_paths_max; exists v; apply/(MD_paths paths M_total b_total). Qed.
End Paths.
