(* dual.v -- that the rule dualise, as kernel.v computes it, is sound. *)
From Coq Require Import ZArith FMapPositive Lia.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities rules polynomial meaning kernel combine.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma list_mem A (l : seq A) x0 i : (i < size l)%N -> List.In (nth x0 l i) l.
Proof. by elim: l i => [//|a l IH] [|i] /= h; [left | right; apply: IH]. Qed.
Lemma list_nth A (l : seq A) x0 x : List.In x l -> exists2 i, (i < size l)%N & nth x0 l i = x.
Proof.
elim: l => //= a l IH [->|/IH[i il <-]]; first by exists 0%N.
by exists i.+1.
Qed.

Section Dual.
Variables (R : realFieldType) (above : positive) (unk sgn : positive -> bool) (unknowns : list positive).
Variables (withs : list (positive * fact)).
Implicit Types (e x : point R) (st : scope) (q : part).
Hypothesis withs_below : forall w, List.In w withs -> below above w.2.2.
Hypothesis unk_below : forall s, unk s -> Pos.ltb s above.
Hypothesis unk_in : forall s, unk s -> List.In s unknowns.
Hypothesis in_unk : forall s, List.In s unknowns -> unk s.
Hypothesis unknowns_distinct : forall j, (j < size unknowns)%N -> find (Pos.eqb (nth xH unknowns j)) unknowns = j.

(* there are unknowns *)
Definition Exists e := exists x, [/\ forall s, ~~ unk s -> x s = e s, forall s, unk s -> sgn s -> 0 <= x s
  & forall w, List.In w withs -> holds x w.2].
Lemma Exists_ext e e' : (forall s, Pos.ltb s above -> e s = e' s) -> Exists e -> Exists e'.
Proof.
move=> E [x [xe x0 xf]]; exists (fun s => if unk s then x s else e' s); split=> [s /negbTE-> //|s us|w wi].
  by rewrite us; apply: x0.
rewrite /holds (_ : peval _ _ = peval x w.2.2); first exact: xf.
by apply: below_ext (withs_below wi) _ => s sa; case: ifPn => // us; rewrite -E // xe.
Qed.

(* ---- linear terms and the rest ---- *)
Lemma has_rev A (P : pred A) (s : seq A) : has P (rev s) -> has P s.
Proof. by elim: s => [//|t s IH]; rewrite rev_cons -cats1 has_cat /= orbF orbC => /orP[->//|/IH->]; rewrite orbT. Qed.
Definition linear_value x (l : list (positive * num)) : R := \sum_(t <- l) nval R t.2 * x t.1.
Lemma divide_value p d : divide unk p = Some d ->
  [/\ forall x, peval x p = linear_value x d.1 + peval x d.2, all (fun t => unk t.1) d.1 & ~~ mentions unk d.2].
Proof.
rewrite /divide; case E: (foldl _ _ _) => [[l' k']|] // -[<-] /=.
suff H l0 k0 : foldl (divide_term unk) (Some (l0, k0)) p = Some (l', k') ->
    all (fun t => unk t.1) l0 -> ~~ mentions unk k0 ->
    [/\ forall x, peval x p + linear_value x l0 + peval x k0 = linear_value x l' + peval x k',
        all (fun t => unk t.1) l' & ~~ mentions unk k'].
  have [//|//|A B C] := H _ _ E.
  have rv x : peval x (rev k') = peval x k' by rewrite /rev catrev_eval addr0.
  split=> // [x|]; first by rewrite rv -A /linear_value big_nil !addr0.
  by apply: contra C; rewrite /mentions => /has_rev.
elim: p l0 k0 {E} => [|[m c] p IH] l0 k0 /=; first by case=> <- <- A B; split=> // x; rewrite add0r.
have N (o : option (list (positive * num) * poly)) : o = None -> foldl (divide_term unk) o p = Some (l', k') -> False.
  by move=> ->; elim: (p).
case: ifP => um; last first.
  move=> F A B; have [|C D G] := IH _ _ F A; first by rewrite /mentions /= um.
  by split=> // x; rewrite -C /=; ring.
case: m um => [|y [|z m]] um; [by move=> /N-/(_ erefl) | | by move=> /N-/(_ erefl)].
move=> F A B; rewrite /= orbF in um; have [|C D G] := IH _ _ F _ B; first by rewrite /= um.
by split=> // x; rewrite -C /linear_value big_cons /=; ring.
Qed.

(* ---- the list of parts ---- *)
Definition q0 : part := (xH, (Ge, (nil, nil))).
Lemma parts_list y W l : parts unk y W nil = Some l ->
  [/\ size l = size W, forall i, (i < size l)%N -> Pos.to_nat (nth q0 l i).1 = (Pos.to_nat y + (size l - 1 - i))%N,
      forall w, List.In w W -> exists2 q, List.In q l & q.2.1 = w.2.1 /\ divide unk w.2.2 = Some q.2.2
    & forall q, List.In q l -> exists2 w, List.In w W & q.2.1 = w.2.1 /\ divide unk w.2.2 = Some q.2.2].
Proof.
suff H acc : parts unk y W acc = Some l -> exists2 Q, l = Q ++ acc &
    [/\ size Q = size W, forall i, (i < size Q)%N -> Pos.to_nat (nth q0 Q i).1 = (Pos.to_nat y + (size Q - 1 - i))%N,
      forall w, List.In w W -> exists2 q, List.In q Q & q.2.1 = w.2.1 /\ divide unk w.2.2 = Some q.2.2
    & forall q, List.In q Q -> exists2 w, List.In w W & q.2.1 = w.2.1 /\ divide unk w.2.2 = Some q.2.2].
  by move=> /H[Q ->]; rewrite cats0.
elim: W y acc => [|[n [r p]] W IH] y acc /=; first by case=> <-; exists nil => //; split.
case E: (divide unk p) => [d|] // /IH[Q -> [sQ yQ WQ QW]].
exists (Q ++ [:: (y, (r, d))]); first by rewrite -catA.
split; first by rewrite size_cat sQ addn1.
- move=> i; rewrite size_cat addn1 ltnS leq_eqVlt => /orP[/eqP->|iQ].
    by rewrite nth_cat ltnn subnn /= subSS subn0 subnn addn0.
  rewrite nth_cat iQ yQ // Pos2Nat.inj_succ addSn -addnS; congr (_ + _)%N.
  by rewrite subSS subn0 -subnDA add1n subnSK.
- move=> w [<-|/WQ[q qi H]]; last by exists q => //; apply/List.in_app_iff; left.
  by exists (y, (r, d)) => //; apply/List.in_app_iff; right; left.
- move=> q /List.in_app_iff[/QW[w wi H]|[<-|//]]; first by exists w => //; right.
  by exists (n, (r, p)); [left | ].
Qed.

Section Parts.
Variables (st : scope) (l : list part).
Hypothesis L : parts unk (next st) withs nil = Some l.
Hypothesis next_above : forall s, Pos.ltb s above -> Pos.ltb s (next st).
Let m := size l.
Let lP := parts_list L.

Definition coefficient (i : 'I_m) (j : 'I_(size unknowns)) : R :=
  \sum_(t <- (nth q0 l i).2.2.1 | Pos.eqb t.1 (nth xH unknowns j)) nval R t.2.
Definition rest e (i : 'I_m) : R := peval e (nth q0 l i).2.2.2.
Definition kind_of (i : 'I_m) : rel := (nth q0 l i).2.1.
Definition sign_of (j : 'I_(size unknowns)) : bool := sgn (nth xH unknowns j).

Lemma in_parts q : List.In q l -> exists2 i : 'I_m, nth q0 l i = q & True.
Proof. by move=> /(list_nth q0)[i il <-]; exists (Ordinal il). Qed.
Lemma part_of (i : 'I_m) : exists2 w, List.In w withs
  & (nth q0 l i).2.1 = w.2.1 /\ divide unk w.2.2 = Some (nth q0 l i).2.2.
Proof. by have [_ _ _ H] := lP; apply: H; apply: list_mem. Qed.

Lemma find_unknown s : unk s -> (find (Pos.eqb s) unknowns < size unknowns)%N /\ nth xH unknowns (find (Pos.eqb s) unknowns) = s.
Proof.
move=> us; have H : has (Pos.eqb s) unknowns.
  by elim: unknowns (unk_in us) => //= a u IH [->|/IH->]; rewrite ?Pos.eqb_refl ?orbT.
rewrite -has_find; split=> //; have := nth_find xH H; by move=> /Pos.eqb_eq.
Qed.

(* values of the unknowns in place of those of a point *)
Definition with_unknowns e (v : 'I_(size unknowns) -> R) : point R := fun s =>
  if unk s then oapp v 0 (insub (find (Pos.eqb s) unknowns)) else e s.
Lemma with_unknowns_nth e v (j : 'I_(size unknowns)) : with_unknowns e v (nth xH unknowns j) = v j.
Proof.
rewrite /with_unknowns in_unk; last exact: list_mem.
by rewrite unknowns_distinct //= valK.
Qed.

Lemma row_value e v (i : 'I_m) : 
  \sum_j coefficient i j * v j + rest e i = linear_value (with_unknowns e v) (nth q0 l i).2.2.1 + rest e i.
Proof.
congr (_ + _); have [w wi [_ D]] := part_of i.
have [_ + _] := divide_value D.
rewrite /coefficient /linear_value; elim: (nth q0 l i).2.2.1 => [|t L' IH] /=.
  by rewrite big_nil big1 // => j _; rewrite big_nil mul0r.
case/andP=> ut /IH {IH} IH; rewrite big_cons -IH.
have [jl je] := find_unknown ut; pose j0 := Ordinal jl.
have -> : nval R t.2 * with_unknowns e v t.1 = \sum_(j < size unknowns) (if Pos.eqb t.1 (nth xH unknowns j) then nval R t.2 else 0) * v j.
  rewrite (bigD1 j0) //= je Pos.eqb_refl -[in LHS]je (with_unknowns_nth e v j0) big1 ?addr0 // => j jj.
  case: ifP => [/Pos.eqb_eq E|_]; last by rewrite mul0r.
  have := unknowns_distinct (ltn_ord j); rewrite -E => F.
  by case/eqP: jj; apply: val_inj; rewrite /= F.
rewrite -big_split /=; apply: eq_bigr => j _; rewrite big_cons -mulrDl.
by case: ifP => _; rewrite ?add0r.
Qed.

Lemma solution_exists e v : solution kind_of sign_of coefficient (rest e) v -> Exists e.
Proof.
move=> [sv fv]; exists (with_unknowns e v); split=> [s /negbTE us|s us gs|w wi].
- by rewrite /with_unknowns us.
- have [jl je] := find_unknown us; rewrite -je (with_unknowns_nth e v (Ordinal jl)); apply: sv.
  by rewrite /sign_of /= je.
have [_ _ H _] := lP; have [q /in_parts[i iq _] [rq D]] := H w wi.
have := fv i; rewrite row_value /kind_of /rest /holds iq rq.
have [V _ nk] := divide_value D.
rewrite V; have -> // : peval e q.2.2.2 = peval (with_unknowns e v) q.2.2.2.
by apply: peval_ext nk _ => s /negbTE us; rewrite /with_unknowns us.
Qed.

(* ---- the multipliers as symbols ---- *)
Definition with_multipliers e (y : 'I_m -> R) : point R := fun s =>
  if Pos.ltb s (next st) then e s else oapp y 0 (insub (m - 1 - (Pos.to_nat s - Pos.to_nat (next st)))%N).
Lemma with_multipliers_low e y s : Pos.ltb s (next st) -> with_multipliers e y s = e s.
Proof. by rewrite /with_multipliers => ->. Qed.
Lemma part_high (i : 'I_m) : Pos.ltb (nth q0 l i).1 (next st) = false.
Proof.
have [_ H _ _] := lP; have := H i (ltn_ord i) => E; apply/negP => /Pos.ltb_lt /Pos2Nat.inj_lt; rewrite E.
by move=> /ssrnat.ltP; rewrite ltnNge leq_addr.
Qed.
Lemma with_multipliers_nth e y (i : 'I_m) : with_multipliers e y (nth q0 l i).1 = y i.
Proof.
rewrite /with_multipliers part_high; have [_ H _ _] := lP.
rewrite H // addnC addnK subKn ?valK // -ltnS -subSn ?subSS ?subn0 //; exact: leq_ltn_trans (leq0n _) (ltn_ord i).
Qed.

Lemma columns_value x s (L' : list part) cols :
  peval x (column s (foldl add_column cols L'))
  = peval x (column s cols) - \sum_(q <- L') x q.1 * \sum_(t <- q.2.2.1 | Pos.eqb t.1 s) nval R t.2.
Proof.
elim: L' cols => [|q L' IH] cols /=; first by rewrite big_nil subr0.
rewrite IH big_cons opprD addrA; congr (_ + _); rewrite /add_column.
elim: q.2.2.1 cols => [|t T IHT] C /=; first by rewrite big_nil mulr0 subr0.
rewrite IHT big_cons /column; case: ifP => [/Pos.eqb_eq ->|ts].
  rewrite PositiveMap.gss [peval _ (_ :: _)]/= noppE.
  by move: (peval x _) (\sum_(t <- T | _) _) (nval R _) => a b c; ring.
by rewrite PositiveMap.gso // => E; rewrite E Pos.eqb_refl in ts.
Qed.
Lemma column_value x (j : 'I_(size unknowns)) :
  peval x (column (nth xH unknowns j) (foldl add_column (PositiveMap.empty _) l))
  = - \sum_(i < m) x (nth q0 l i).1 * coefficient i j.
Proof.
rewrite columns_value {1}/column PositiveMap.gempty sub0r; congr (- _).
by rewrite (big_nth q0) big_mkord.
Qed.
Lemma dual_goal_value x : peval x (dual_goal l) = \sum_(i < m) x (nth q0 l i).1 * peval x (nth q0 l i).2.2.2.
Proof.
rewrite /dual_goal flush_nil.
suff H a : seval x (foldl (fun a q => push a (tmul [:: q.1] one q.2.2.2)) a l)
    = seval x a + \sum_(q <- l) x q.1 * peval x q.2.2.2 by rewrite H add0r (big_nth q0) big_mkord.
elim: l a => [|q L' IH] a /=; first by rewrite big_nil addr0.
by rewrite IH push_eval tmul_eval nval_one /= mul1r mulr1 big_cons addrA.
Qed.
Lemma strict_value x : peval x (strict_fact l).2 = \sum_(i < m | is_gt (kind_of i)) x (nth q0 l i).1.
Proof.
rewrite /strict_fact /= flat_mapE map_rev.
have rv p : peval x (rev p) = peval x p by rewrite /rev catrev_eval addr0.
rewrite rv; have -> : \sum_(i < m | is_gt (kind_of i)) x (nth q0 l i).1 = \sum_(q <- l | is_gt q.2.1) x q.1.
  by rewrite (big_nth q0) big_mkord.
elim: l => [|q L' IH] /=; first by rewrite big_nil.
by rewrite big_cons; case: ifP => //= _; rewrite IH nval_one mul1r mulr1.
Qed.
Lemma rest_low e y (i : 'I_m) : peval (with_multipliers e y) (nth q0 l i).2.2.2 = rest e i.
Proof.
have [w wi [_ D]] := part_of i; rewrite /rest.
apply: (@peval_ext R (fun s => ~~ Pos.ltb s above)) => [|s]; last first.
  by rewrite negbK => sa; apply: with_multipliers_low; apply: next_above.
have := below_mentions (withs_below wi); apply: contra.
move: D; rewrite /divide; case E: (foldl _ _ _) => [[l' k']|] // [<-] /=.
suff H l0 k0 : foldl (divide_term unk) (Some (l0, k0)) w.2.2 = Some (l', k') ->
    forall P, has P k' -> has P k0 || has P w.2.2.
  by move=> /has_rev r0; exact: (H nil nil E _ r0).
elim: w.2.2 l0 k0 {E} => [|[mm c] p IH] l0 k0 /=; first by case=> _ <- P ->.
have N (o : option (list (positive * num) * poly)) : o = None -> foldl (divide_term unk) o p = Some (l', k') -> False.
  by move=> ->; elim: (p).
case: ifP => um; last first.
  by move=> /IH H P /H /= /orP[/orP[->|->]|->]; rewrite ?orbT.
case: mm um => [|z [|z' mm]] um; [by move=> /N-/(_ erefl) | | by move=> /N-/(_ erefl)].
by move=> /IH H P /H /orP[->|->]; rewrite ?orbT.
Qed.

Lemma dual_signs_find s : mem (dual_signs (signs st) l) s ->
  mem (signs st) s \/ exists2 i : 'I_m, (nth q0 l i).1 = s & ~~ is_eq (kind_of i).
Proof.
have -> : (exists2 i : 'I_m, (nth q0 l i).1 = s & ~~ is_eq (kind_of i)) <-> (exists2 q, List.In q l & q.1 = s /\ ~~ is_eq q.2.1).
  split=> [[i <- h]|[q /in_parts[i <- _] [<- h]]]; last by exists i.
  by exists (nth q0 l i) => //; apply: list_mem.
rewrite /dual_signs; elim: l (signs st) => [|q L' IH] M /=; first by left.
case/IH=> [|[q' qi H]]; last by right; exists q' => //; right.
case: ifP => [_|qe]; first by left.
rewrite /mem; case: (Pos.eq_dec s q.1) => [->|sq]; last by rewrite PositiveMap.gso //; left.
by move=> _; right; exists q; [left | rewrite qe].
Qed.

(* what a scope of the dual assumes follows from the dual system *)
Lemma known_dual (strict : bool) e (y : 'I_m -> R) : known st e -> (forall i f, PositiveMap.find i (facts st) = Some f -> below_fact (next st) f) ->
  (forall s, mem (signs st) s -> Pos.ltb s (next st)) ->
  dual kind_of sign_of coefficient y -> (strict -> 0 < strict_sum kind_of y) ->
  known (dual_scope unk sgn unknowns withs st l strict) (with_multipliers e y).
Proof.
move=> K fb sb [y0 yd] ys; split=> [s /=|i f].
  case/dual_signs_find=> [ms|[j <- je]]; first by rewrite with_multipliers_low ?sb //; apply: K.1.
  by rewrite with_multipliers_nth; apply: y0; move: je; case: (kind_of j).
have F j g : PositiveMap.find j (table_from (next_fact st) (facts st) (flat_map (dual_fact sgn (foldl add_column (PositiveMap.empty _) l)) unknowns)).2
    = Some g -> holds (with_multipliers e y) g.
  move=> h; case: (table_from_find h) => [fi|].
    rewrite /holds (below_ext (fb _ _ fi) (fun s h => with_multipliers_low e y h)); exact: K.2 fi.
  rewrite flat_mapE => /List.in_map_iff[s [<- si]].
  have [k ks <-] := list_nth xH si; rewrite /holds /dual_fact /= (column_value _ (Ordinal ks)).
  have := yd (Ordinal ks); rewrite /sign_of /=; congr (truth _ (- _)).
  by apply: eq_bigr => i' _; rewrite with_multipliers_nth.
case: strict ys => /= ys; last exact: F.
set n := (table_from _ _ _).1; case: (Pos.eq_dec i n) => [->|ne]; last by rewrite PositiveMap.gso // => /F.
rewrite PositiveMap.gss => -[<-].
rewrite /holds strict_value /=; have := ys isT; rewrite /strict_sum.
have -> // : \sum_(i0 | rules.is_gt kind_of i0) y i0 = \sum_(i0 < m | is_gt (kind_of i0)) with_multipliers e y (nth q0 l i0).1.
apply: eq_big => [j|j _]; last by rewrite with_multipliers_nth.
by rewrite /rules.is_gt /is_gt; case: (kind_of j).
Qed.

Lemma dual_exists e : known st e -> (forall i f, PositiveMap.find i (facts st) = Some f -> below_fact (next st) f) ->
  (forall s, mem (signs st) s -> Pos.ltb s (next st)) ->
  (forall y, known (dual_scope unk sgn unknowns withs st l false) (with_multipliers e y) ->
     holds (with_multipliers e y) (Ge, dual_goal l)) ->
  (has (fun q => is_gt q.2.1) l -> forall y, known (dual_scope unk sgn unknowns withs st l true) (with_multipliers e y) ->
     holds (with_multipliers e y) (Gt, dual_goal l)) -> Exists e.
Proof.
move=> K fb sb H0 H1.
have G y : peval (with_multipliers e y) (dual_goal l) = \sum_i y i * rest e i.
  by rewrite dual_goal_value; apply: eq_bigr => i _; rewrite with_multipliers_nth rest_low.
have [v] : exists v, solution kind_of sign_of coefficient (rest e) v; last exact: solution_exists.
apply: dualise_rule => [y D|y D S].
  by have := H0 y (known_dual K fb sb D (fun h => False_ind _ (notF h))); rewrite /holds G.
have h : has (fun q => is_gt q.2.1) l.
  apply: contraLR S; rewrite -all_predC => N; rewrite -leNgt /strict_sum big_pred0 // => i.
  have /= := all_list N (list_mem q0 (ltn_ord i)).
  by rewrite /rules.is_gt /kind_of /is_gt; case: (nth q0 l i).2.1.
by have := H1 h y (known_dual K fb sb D (fun=> S)); rewrite /holds G.
Qed.
End Parts.
End Dual.
