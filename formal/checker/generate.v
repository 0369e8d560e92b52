(* generate.v -- that the rule generate, as kernel.v computes it, is sound. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities polynomial meaning describe kernel combine.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Generate.
Variable R : realFieldType.
Implicit Types (e : point R) (st : scope).

(* ---- rows ---- *)
Lemma linear_eval e x v : size v = size x -> peval e (linear x v) = \sum_(k < size x) zval R (nth Z0 v k) * e (nth xH x k).
Proof.
move=> sz; rewrite /linear flush_nil.
suff H a : seval e (foldl (fun a t => if t.2 is Z0 then a else push a [:: ([:: t.1], int t.2)]) a (zip x v))
    = seval e a + \sum_(k < size x) zval R (nth Z0 v k) * e (nth xH x k) by rewrite H add0r.
elim: x v sz a => [|s x IH] [|c v] //= sz a; first by rewrite big_ord0 addr0.
case: sz => sz; rewrite IH // big_ord_recl /= addrA; congr (_ + _).
by case: c => [|c|c]; rewrite ?mul0r ?addr0 // push_eval /= nval_int mulr1 addr0.
Qed.
Definition at_symbols e (x : list positive) (i : nat) : R := if (i < size x)%N then e (nth xH x i) else 0.
Lemma dot_at v y : dot v y = \sum_(k < size v) zval R (nth Z0 v k) * y k.
Proof. by elim: v y => [|c v IH] y /=; rewrite ?big_ord0 // IH big_ord_recl. Qed.
Lemma row_value e x p v : row_of x p = Some v -> exists2 d : R, 0 < d & dot v (at_symbols e x) = d * peval e p.
Proof.
rewrite /row_of; set d := foldl _ _ _; set w := map _ _; case: ifP => // /andP[d0 /nilP z] [<-].
have sz : size w = size x by rewrite /w size_map.
exists (zval R d); first exact: zpos_gt0.
rewrite -(nval_int R) -pscale_eval; apply/eqP; rewrite -subr_eq0; apply/eqP.
have : peval e (psub (linear x w) (pscale (int d) p)) = 0 by rewrite z.
rewrite psub_eval linear_eval // => <-; congr (_ - _); rewrite dot_at sz; apply: eq_bigr => k _.
by rewrite /at_symbols ltn_ord.
Qed.
Lemma rows_inside st e x l rows : known st e -> rows_of st x l = Some rows -> inside rows (at_symbols e x).
Proof.
move=> K; elim: l rows => [|r l IH] rows /=; first by case=> <-.
case L: (look st r) => [[k p]|] //; case V: (row_of x p) => [v|] //; case W: (rows_of st x l) => [rs|] //.
move=> [<-] q [<-|/(IH _ W)//]; have [d d0 E] := row_value e V; have := look_holds K L.
rewrite /meets_row /holds /= E; case: k {L} => /= h; first by rewrite mulr_ge0 // ltW.
  by rewrite mulr_ge0 // ltW.
by rewrite h mulr0.
Qed.

(* ---- the new facts ---- *)
Definition nth_symbol (n : positive) k := iter k Pos.succ n.
Lemma nth_symbolS n k : nth_symbol (Pos.succ n) k = nth_symbol n k.+1.
Proof. by rewrite /nth_symbol iterSr. Qed.
Lemma minus_terms_eval e n v : peval e (minus_terms n v) = - \sum_(k < size v) zval R (nth Z0 v k) * e (nth_symbol n k).
Proof.
elim: v n => [|c v IH] n; first by rewrite /= big_ord0 oppr0.
rewrite big_ord_recl opprD [nth_symbol n _]/= [nth Z0 _ _]/=.
have -> : \sum_(k < size v) zval R (nth Z0 (c :: v) (lift ord0 k)) * e (nth_symbol n (lift ord0 k))
    = \sum_(k < size v) zval R (nth Z0 v k) * e (nth_symbol (Pos.succ n) k).
  by apply: eq_bigr => k _; rewrite nth_symbolS.
rewrite -IH; case: c => [|c|c] /=; rewrite ?mul0r ?oppr0 ?add0r // nval_int mulr1 ?mulNr ?opprK //.
Qed.
Lemma generated_in n x gs f : List.In f (generated n x gs) -> exists2 i, (i < size x)%N &
  f = (Eq, ([:: nth xH x i], one) :: minus_terms n (map (fun g => nth Z0 g i) gs)).
Proof.
elim: x gs => //= s x IH gs [<-|/IH[i ix ->]].
  by exists 0%N => //; congr (_, _ :: minus_terms _ _); apply: eq_map => g; rewrite nth0.
exists i.+1 => //; congr (_, _ :: minus_terms _ _); rewrite -map_comp; apply: eq_map => g /=.
by rewrite nth_behead.
Qed.

Lemma symbols_next st bs : next (foldl add_symbol st bs) = nth_symbol (next st) (size bs).
Proof. by elim: bs st => //= b bs IH st; rewrite IH nth_symbolS. Qed.
Lemma symbols_signs st bs s : mem (signs (foldl add_symbol st bs)) s ->
  mem (signs st) s \/ exists k, [/\ (k < size bs)%N, nth false bs k & s = nth_symbol (next st) k].
Proof.
elim: bs st => [|b bs IH] st /=; first by left.
case/IH=> [|[k [kb nb ->]]]; last by right; exists k.+1; rewrite -nth_symbolS.
case: b => /=; last by left.
rewrite /mem; case: (Pos.eq_dec s (next st)) => [->|n]; first by move=> _; right; exists 0%N.
by rewrite PositiveMap.gso //; left.
Qed.
Lemma symbols_facts st bs : facts (foldl add_symbol st bs) = facts st /\ next_fact (foldl add_symbol st bs) = next_fact st.
Proof. by elim: bs st => //= b bs IH st; have [-> ->] := IH (add_symbol st b). Qed.
Lemma nth_symbol_nat n k : Pos.to_nat (nth_symbol n k) = (Pos.to_nat n + k)%N.
Proof. by elim: k => [|k IH]; rewrite ?addn0 //= Pos2Nat.inj_succ IH addnS. Qed.

(* values of the new symbols *)
Definition with_generators st e (r : nat) (la mu : nat -> R) : point R := fun s =>
  if Pos.ltb s (next st) then e s else
  let k := (Pos.to_nat s - Pos.to_nat (next st))%N in if (k < r)%N then la k else mu (k - r)%N.
Lemma with_generators_low st e r la mu s : Pos.ltb s (next st) -> with_generators st e r la mu s = e s.
Proof. by rewrite /with_generators => ->. Qed.
Lemma with_generators_at st e r la mu k : with_generators st e r la mu (nth_symbol (next st) k) = if (k < r)%N then la k else mu (k - r)%N.
Proof.
rewrite /with_generators; have -> : Pos.ltb (nth_symbol (next st) k) (next st) = false.
  by apply/negP => /Pos.ltb_lt/Pos2Nat.inj_lt/ssrnat.ltP; rewrite nth_symbol_nat ltnNge leq_addr.
by rewrite nth_symbol_nat addKn.
Qed.

Theorem generate_sound st e x l rows rs ls : known st e -> rows_of st x l = Some rows -> describe (size x) rows = Some (rs, ls) ->
  all (fun s => Pos.ltb s (next st)) x ->
  exists e', [/\ forall s, Pos.ltb s (next st) -> e' s = e s,
    forall s, mem (signs (add_generators st rs ls)) s -> mem (signs st) s \/ 0 <= e' s
  & forall f, List.In f (generated (next st) x (rs ++ ls)) -> holds e' f].
Proof.
move=> K Rw D bx; have [|la [mu [la0 E]]] := describe_sound D _ (rows_inside K Rw).
  by move=> i ni; rewrite /at_symbols ltnNge ni.
exists (with_generators st e (size rs) la mu); split=> [s|s|f /generated_in[i ix ->]].
- exact: with_generators_low.
- rewrite /add_generators => /symbols_signs[|[k [_ nk ->]]]; [by left | right].
  rewrite with_generators_at; case: ifP => // ge; move: nk; rewrite nth_cat size_map ge.
  have -> j : nth false [seq false | _ <- ls] j = false by elim: (ls) j => [|? ? IH] [|j] //=.
  by [].
rewrite /holds /= nval_one mul1r mulr1 minus_terms_eval with_generators_low; last first.
  exact: (all_nthP xH bx).
have := E i; rewrite /at_symbols ix => ->; rewrite size_map size_cat.
apply/eqP; rewrite subr_eq0; apply/eqP; rewrite big_split_ord /=.
have nm k : (k < size rs + size ls)%N -> nth Z0 [seq nth Z0 g i | g <- rs ++ ls] k = nth Z0 (nth [::] (rs ++ ls) k) i.
  by move=> kl; rewrite (nth_map [::]) // size_cat.
congr (_ + _); apply: eq_bigr => k _ /=; rewrite mulrC with_generators_at nm.
- by rewrite ltn_ord nth_cat ltn_ord.
- by apply: leq_trans (ltn_ord k) _; exact: leq_addr.
- by rewrite ltnNge leq_addr /= addKn nth_cat ltnNge leq_addr /= addKn.
by rewrite ltn_add2l.
Qed.
End Generate.
