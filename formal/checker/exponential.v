(* exponential.v -- that what the rule exponential adds is true of every exponential E, and what becomes of exponentials
   when a process changes symbols. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import polynomial meaning kernel combine.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma below_up n p : below n p -> below (Pos.succ n) p.
Proof. by apply: sub_all => t; apply: sub_all => r; apply: ltb_succ. Qed.
Lemma mentions_or (A B : positive -> bool) p : ~~ mentions A p -> ~~ mentions B p -> ~~ mentions (fun s => A s || B s) p.
Proof.
rewrite /mentions; elim: p => //= t q IH; rewrite !negb_or => /andP[n1 n2] /andP[m1 m2]; rewrite IH // andbT.
by elim: (t.1) n1 m1 => //= y m IHm; rewrite !negb_or => /andP[-> /IHm H] /andP[-> /H].
Qed.
Lemma value_in_list v s q : value_in v s = Some q -> List.In (s, q) v.
Proof. by elim: v => //= -[r q'] v IH; case: ifP => [/Pos.eqb_eq -> [->]|_ /IH]; [left | right]. Qed.
Lemma value_in_cat v w s : value_in (v ++ w) s = if value_in v s is Some q then Some q else value_in w s.
Proof. by elim: v => //= -[r q] v IH; case: ifP. Qed.
Lemma added_values (v : values) m s p : PositiveMap.find s (foldl (fun m a => PositiveMap.add a.1 a.2 m) m v) = Some p ->
  PositiveMap.find s m = Some p \/ List.In (s, p) v.
Proof.
elim: v m => [|[r q] v IH] m /=; first by left.
case/IH=> [|h]; last by right; right.
case: (Pos.eq_dec s r) => [->|n]; first by rewrite PositiveMap.gss => -[->]; right; left.
by rewrite PositiveMap.gso //; left.
Qed.

Section Exponential.
Variables (R : realFieldType) (E : R -> R).
Implicit Types (e x z : point R) (st : scope).

(* the symbols of a scope that are exponentials are what they should be *)
Definition valued st e := forall s q, PositiveMap.find s (exps st) = Some q -> e s = E (peval e q).

Section Rule.
Hypothesis X : exponential E.
Lemma exp_gt0 t : 0 < E t.
Proof.
case: X => X0 XD XT; rewrite lt_neqAle; have := XT 0%N t; rewrite double0 big_ord0 => ->; rewrite andbT eq_sym.
apply/eqP => t0; have := XD t (- t); rewrite subrr X0 t0 mul0r => /eqP; by rewrite oner_eq0.
Qed.

Lemma cancel_factor (a b f x y : R) : a != 0 -> a^-1 * x * (y * (a * b / f)) = x * y * (b / f).
Proof. by move=> an; rewrite -[a * b / f]mulrA [y * (a * _)]mulrCA [a^-1 * x]mulrC -[x * a^-1 * _]mulrA mulKf //; exact: mulrA. Qed.
Lemma taylorS q k n : taylor q k n.+1 = padd (constant one) (pscale (Zpos xH, k) (pmul q (taylor q (Pos.succ k) n))).
Proof. by []. Qed.
Lemma taylor_from e q n : forall j k, Pos.to_nat k = j.+1 ->
  peval e (taylor q k n) = \sum_(i < n) peval e q ^+ i * ((j`!)%:R / ((j + i)`!)%:R).
Proof.
elim: n => [|n IH] j k kj; first by rewrite big_ord0.
have fn i : (i`!)%:R != 0 :> R by rewrite pnatr_eq0 -lt0n fact_gt0.
have jn : (j.+1)%:R != 0 :> R by rewrite pnatr_eq0.
have nk : nval R (Zpos xH, k) = (j.+1)%:R^-1.
  by change ((Pos.to_nat 1)%:R / (Pos.to_nat k)%:R = (j.+1)%:R^-1 :> R); rewrite kj Pos2Nat.inj_1 mulr1n mul1r.
rewrite taylorS padd_eval constant_eval nval_one pscale_eval pmul_eval (IH j.+1) ?Pos2Nat.inj_succ ?kj // nk.
rewrite big_ord_recl expr0 mul1r addn0 divff //; congr (1 + _).
rewrite mulrA mulr_sumr; apply: eq_bigr => i _.
by rewrite lift0 exprS addnS -addSn (factS j) natrM cancel_factor.
Qed.
Lemma taylor_eval e q n : peval e (taylor q xH n) = \sum_(i < n) peval e q ^+ i / (i`!)%:R.
Proof. by rewrite (@taylor_from _ _ _ 0%N) //; apply: eq_bigr => i _; rewrite fact0 mul1r. Qed.
Lemma bound_holds e s q m : e s = E (peval e q) -> holds e (exponential_bound s q m).
Proof.
move=> es; rewrite /exponential_bound; case: m => [|m]; rewrite /holds.
  by rewrite psymbol_eval es; exact: exp_gt0.
rewrite psub_eval psymbol_eval taylor_eval es; case: X => _ _ XT.
by have := XT m.+1 (peval e q); rewrite -subr_ge0.
Qed.

Lemma exponent_sum_value st e l q : valued st e -> exponent_sum st l = Some q -> peval e (symbol_product l) = E (peval e q).
Proof.
move=> V; case: X => X0 XD _; elim: l q => [|s l IH] q.
  by move=> [<-]; change (peval e (constant one) = E 0); rewrite constant_eval nval_one X0.
rewrite [exponent_sum st (s :: l)]/=; case F: (PositiveMap.find _ _) => [p|] //; case G: (exponent_sum _ _) => [r|] // [<-].
change (peval e (pmul (psymbol s) (symbol_product l)) = E (peval e (padd p r))).
by rewrite pmul_eval psymbol_eval padd_eval XD (V _ _ F) (IH _ G).
Qed.
Lemma powers_hold st e a b q r : valued st e -> exponent_sum st a = Some q -> exponent_sum st b = Some r ->
  nilp (psub q r) -> holds e (equal_powers a b).
Proof.
move=> V A B /nilP z; have : peval e q = peval e r by apply/eqP; rewrite -subr_eq0 -psub_eval z.
by rewrite /holds psub_eval (exponent_sum_value V A) (exponent_sum_value V B) => ->; rewrite subrr.
Qed.
End Rule.

(* ---- a process ---- *)
Lemma poly_become v z q q' : poly_at (value_in v) one 64 q = Some q' -> peval z q' = peval (become v z z) q.
Proof.
move=> Q; rewrite (poly_at_eval (x := become v z z) _ Q) nval_one ?expr1n ?mul1r //.
by move=> s; rewrite /become; case: (value_in v s) => // p; rewrite mul1r.
Qed.
(* after a change v, with w for exponentials *)
Lemma changed_at above n (texps v w : values) z z' x :
  (forall s, Pos.ltb s above -> Pos.ltb s n) -> (forall s q r, value_in v s = Some q -> value_in texps s = Some r -> False) ->
  (forall a, List.In a v -> below n a.2) -> (forall a, List.In a texps -> below above a.2) ->
  (forall s, Pos.ltb s n -> z' s = z s) -> (forall s, Pos.ltb s above -> z s = x s) ->
  (forall s, if value_in texps s is Some q then exists2 p, value_in w s = Some p & peval z' p = E (peval (become v z' z') q)
     else value_in w s = None) ->
  forall s, Pos.ltb s above -> become (v ++ w) z' x s = with_exponentials E texps (become v z x) s.
Proof.
move=> up vt vb tb L zx W.
have V r q : value_in v r = Some q -> peval z' q = peval z q.
  by move=> vr; apply: (below_ext (vb _ (value_in_list vr))) => y /L.
have B r : Pos.ltb r above -> become v z' z' r = become v z x r.
  by move=> ra; rewrite /become; case vr: (value_in v r) => [q|]; [exact: V vr | rewrite L ?zx ?up].
move=> s sa; rewrite {1}/become /with_exponentials value_in_cat; have := W s.
case T: (value_in texps s) => [q|].
  case vs: (value_in v s) => [q'|]; first by case: (vt _ _ _ vs T).
  by move=> [p -> ->]; congr E; apply: (below_ext (tb _ (value_in_list T))) => r; exact: B.
by move=> ->; rewrite /become; case vs: (value_in v s) => [q'|] //; exact: V vs.
Qed.
(* what holds at the start and survives each step holds at the end *)
Definition induction_for above (texps : values) (Base : point R -> Prop) (p : process) := forall e (Inv : point R -> Prop),
  Base e -> (forall x x', (forall s, Pos.ltb s above -> x s = x' s) -> Inv x -> Inv x') ->
  Inv (with_exponentials E texps (become (start p) e e)) ->
  (forall x z, Base x -> Inv x -> (forall s, ~~ changes texps p s -> Pos.ltb s above -> x s = e s) ->
     (forall s, Pos.ltb s above -> z s = x s) ->
     (forall s, PositiveMap.find s (table_from above (PositiveMap.empty _) (moments p)).2 = Some true -> 0 <= z s) ->
     (forall f, List.In f (moment_facts p) -> holds z f) -> are_exponentials E (moment_exponentials p) z ->
     Inv (with_exponentials E texps (become (update p) z x))) ->
  Inv e.
End Exponential.
