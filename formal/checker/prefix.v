(* prefix.v -- that the rule prefix, as kernel.v computes it, is sound. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities polynomial meaning describe kernel combine generate.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- least sums of weights, and a concave function ---- *)
Section Concave.
Variable R : realFieldType.
Implicit Types (x y A B th : R).
Definition W (q : R * R * R) := q.1.1.
Definition V (q : R * R * R) := q.1.2.
Definition S (q : R * R * R) := q.2.
Definition ratio_of (q : R * R * R) := V q / W q.

Lemma pick (l : seq (R * R * R)) x0 x : l != [::] -> x0 <= x -> x <= x0 + \sum_(q <- l) W q ->
  exists l1 q l2, [/\ l = l1 ++ q :: l2, x0 + \sum_(i <- l1) W i <= x & x <= x0 + \sum_(i <- l1) W i + W q].
Proof.
elim: l x0 => // q l IH x0 _ a b; have [le|lt] := leP x (x0 + W q).
  by exists [::], q, l; rewrite big_nil addr0.
have [l0|ln] := eqVneq l [::]; first by move: b; rewrite l0 big_seq1 leNgt lt.
have [|l1 [q' [l2 [-> c d]]]] := IH (x0 + W q) ln (ltW lt); first by move: b; rewrite big_cons addrA.
by exists (q :: l1), q', l2; rewrite big_cons !addrA in c d *.
Qed.

Variables (a : R) (H : R -> R).
Hypothesis a0 : 0 <= a.
Hypothesis concave : forall A B th, 0 <= A -> 0 <= B -> 0 <= th <= 1 -> (1 - th) * H A + th * H B <= H (A + th * (B - A)).
Theorem least_prefix (l : seq (R * R * R)) : all (fun q => (0 < W q) && (0 <= S q <= 1)) l -> sorted <=%R (map ratio_of l) ->
  (forall l1 l2, l = l1 ++ l2 -> 0 <= a * (\sum_(q <- l1) V q) + H (\sum_(q <- l1) W q)) ->
  0 <= a * (\sum_(q <- l) V q * S q) + H (\sum_(q <- l) W q * S q).
Proof.
move=> ok so at_; have [l0|ln] := eqVneq l [::]; first by have := at_ [::] l erefl; rewrite l0 !big_nil.
have ge0 (k : seq (R * R * R)) (F : R * R * R -> R) : (forall q, q \in k -> 0 <= F q) -> 0 <= \sum_(q <- k) F q.
  by move=> f; rewrite big_seq; apply: sumr_ge0.
have okq q : q \in l -> [/\ 0 < W q, 0 <= S q & S q <= 1] by move=> ql; have /andP[-> /andP[-> ->]] := allP ok q ql.
set x := \sum_(q <- l) W q * S q; set y := \sum_(q <- l) V q * S q.
have x0 : 0 <= x by apply: ge0 => q /okq[w0 s0 _]; rewrite mulr_ge0 // ltW.
have x1 : x <= 0 + \sum_(q <- l) W q.
  rewrite add0r -subr_ge0 -sumrB; apply: ge0 => q /okq[w0 _ s1].
  by rewrite -{1}[W q]mulr1 -mulrBr mulr_ge0 ?subr_ge0 // ltW.
have [l1 [q [l2 [lE c d]]]] := pick ln x0 x1; rewrite add0r in c d.
set X := \sum_(i <- l1) W i in c d; set Y := \sum_(i <- l1) V i.
have in1 i : i \in l1 -> i \in l by rewrite lE mem_cat => ->.
have in2 i : i \in l2 -> i \in l by rewrite lE mem_cat inE => ->; rewrite !orbT.
have ql : q \in l by rewrite lE mem_cat inE eqxx orbT.
have [wq sq0 sq1] := okq q ql.
have lo i : i \in l1 -> W q * V i <= V q * W i.
  move=> il; have [wi _ _] := okq i (in1 i il); move: so; rewrite lE map_cat /= => so.
  have : ratio_of i <= ratio_of q.
    move: so; rewrite (sorted_pairwise le_trans) pairwise_cat => /and3P[+ _ _].
    by move=> /allrelP; apply; [apply: map_f | rewrite inE eqxx].
  by rewrite /ratio_of ler_pdivr_mulr // mulrAC ler_pdivl_mulr // [V i * _]mulrC.
have hi i : i \in l2 -> V q * W i <= W q * V i.
  move=> il; have [wi _ _] := okq i (in2 i il); move: so; rewrite lE map_cat /= => so.
  have : ratio_of q <= ratio_of i.
    move: so; rewrite (sorted_pairwise le_trans) pairwise_cat => /and3P[_ _] /=.
    by move=> /andP[/allP h _]; apply: h; apply: map_f.
  by rewrite /ratio_of ler_pdivr_mulr // mulrAC ler_pdivl_mulr // [W q * _]mulrC.
have yb : V q * (x - X) <= W q * (y - Y).
  rewrite -subr_ge0 (_ : _ - _ = \sum_(i <- l) (W q * V i - V q * W i) * S i - \sum_(i <- l1) (W q * V i - V q * W i)); last first.
    rewrite sumrB -!mulr_sumr (eq_bigr (fun i => W q * (V i * S i) - V q * (W i * S i))) => [|i _]; last by ring.
    by rewrite sumrB -!mulr_sumr -/x -/y -/X -/Y; ring.
  rewrite lE big_cat big_cons /= addrAC -sumrB addr_ge0 //; last first.
    apply: addr_ge0; first by rewrite mulrC [V q * _]mulrC subrr mulr0.
    by apply: ge0 => i il; have [_ s0 _] := okq i (in2 i il); rewrite mulr_ge0 // subr_ge0 hi.
  apply: ge0 => i il; have [_ _ s1] := okq i (in1 i il).
  rewrite -{2}[W q * V i - _]mulr1 -mulrBr -mulrNN; apply: mulr_ge0; rewrite ?opprB subr_ge0 ?lo //.
pose th := (x - X) / W q; have thE : th * W q = x - X by rewrite divfK // gt_eqF.
have th01 : 0 <= th <= 1.
  by rewrite divr_ge0 ?subr_ge0 ?(ltW wq) //= ler_pdivr_mulr // mul1r ler_subl_addl.
have yb' : Y + th * V q <= y.
  rewrite -(ler_pmul2l wq) mulrDr [W q * (th * _)]mulrA [W q * th]mulrC thE.
  by move: yb; rewrite mulrBr [V q * _]mulrC -subr_ge0 => yb; rewrite -subr_ge0; move: yb; congr (0 <= _); ring.
have X0 : 0 <= X by apply: ge0 => i /in1/okq[w0 _ _]; exact: ltW.
have h1 := at_ l1 (q :: l2) lE; have h2 := at_ (l1 ++ [:: q]) l2; rewrite -catA /= in h2; have {h2} h2 := h2 lE.
rewrite !big_cat !big_seq1 /= -/X -/Y in h1 h2.
have hc := concave X0 (addr_ge0 X0 (ltW wq)) th01; rewrite [X + W q]addrC addrK thE [X + (x - X)]addrC subrK in hc.
apply: (@le_trans _ _ (a * (Y + th * V q) + H x)); last by rewrite ler_add2r ler_wpmul2l.
apply: (@le_trans _ _ (a * (Y + th * V q) + ((1 - th) * H X + th * H (W q + X)))); last by rewrite ler_add2l.
have -> : a * (Y + th * V q) + ((1 - th) * H X + th * H (W q + X))
  = (1 - th) * (a * Y + H X) + th * (a * (Y + V q) + H (X + W q)) by rewrite [W q + X]addrC; ring.
by case/andP: th01 => t0 t1; rewrite addr_ge0 // mulr_ge0 ?subr_ge0.
Qed.
End Concave.

Section Powers.
Variable R : realFieldType.
Implicit Types (A B th : R).
Lemma powers_apart A B d : 0 <= A -> 0 <= B -> 0 <= (A - B) * (A ^+ d - B ^+ d).
Proof.
move=> A0 B0; have H (C D : R) : 0 <= C -> C <= D -> 0 <= (C - D) * (C ^+ d - D ^+ d).
  by move=> C0 CD; rewrite -mulrNN !opprB mulr_ge0 ?subr_ge0 // ler_expn2r ?nnegrE // (le_trans C0).
by have [/(H _ _ A0)//|/ltW/(H _ _ B0)] := leP A B; rewrite -mulrNN !opprB.
Qed.
Lemma power_convex A B th d : 0 <= A -> 0 <= B -> 0 <= th <= 1 ->
  (A + th * (B - A)) ^+ d <= (1 - th) * A ^+ d + th * B ^+ d.
Proof.
move=> A0 B0 /andP[t0 t1]; have t2 : 0 <= 1 - th by rewrite subr_ge0.
have m0 : 0 <= A + th * (B - A).
  by rewrite (_ : _ + _ = (1 - th) * A + th * B); [rewrite addr_ge0 // mulr_ge0 | ring].
elim: d => [|d IH]; first by rewrite !expr0 !mulr1 subrK.
rewrite exprS; apply: le_trans (ler_wpmul2l m0 IH) _; rewrite -subr_ge0.
rewrite (_ : _ - _ = th * (1 - th) * ((A - B) * (A ^+ d - B ^+ d))); first by apply: mulr_ge0; [apply: mulr_ge0 | apply: powers_apart].
by rewrite !exprS; ring.
Qed.
(* the terms of a polynomial, at powers of one number *)
Definition in_powers (l : poly) (z : R) : R := \sum_(t <- l) zval R t.2.1 * z ^+ size t.1.
Lemma in_powers_concave l A B th : all (fun t : mono * num => (size t.1 <= 1)%N || ~~ npos t.2) l ->
  0 <= A -> 0 <= B -> 0 <= th <= 1 -> (1 - th) * in_powers l A + th * in_powers l B <= in_powers l (A + th * (B - A)).
Proof.
move=> ok A0 B0 t01; have [z zE] : exists z, z = A + th * (B - A) by eexists.
rewrite /in_powers -zE; elim: l ok => [|[m c] l IH] /=; first by rewrite !big_nil !mulr0 addr0.
move=> /andP[ok /IH le]; rewrite !big_cons /= !mulrDr addrACA ler_add //.
have conv := power_convex (size m) A0 B0 t01; rewrite -zE in conv; have [np|p] := boolP (npos c); last first.
  have c0 : zval R c.1 <= 0 by case: c p {ok} => [[|k|k] q] //= _; rewrite oppr_le0 ler0n.
  move: (A ^+ size m) (B ^+ size m) (z ^+ size m) conv => u v zm conv.
  have E : zval R c.1 * zm - ((1 - th) * (zval R c.1 * u) + th * (zval R c.1 * v)) = (- zval R c.1) * ((1 - th) * u + th * v - zm) by ring.
  rewrite -subr_ge0 E.
  by rewrite mulr_ge0 ?oppr_ge0 // subr_ge0.
move: ok; rewrite np orbF; case: (size m) => [|[|//]] _; rewrite ?expr0 ?expr1.
  have -> : (1 - th) * (zval R c.1 * 1) + th * (zval R c.1 * 1) = zval R c.1 * 1 by ring.
  exact: lexx.
have -> : (1 - th) * (zval R c.1 * A) + th * (zval R c.1 * B) = zval R c.1 * z by rewrite zE; ring.
exact: lexx.
Qed.
End Powers.

Section Prefix.
Variables (R : realFieldType) (st : scope) (e : point R).
Hypothesis K : known st e.
Local Notation zv := (zval R).

Lemma bound_of_le f s : bound_of f = Some s -> holds e f -> e s <= 1.
Proof.
case: f => r [|t [|[[|x [|? ?]] c] [|? ?]]] //; try by case: r.
rewrite /bound_of; set p := [:: t; _]; have H : (if nilp (psub p (psub (constant one) (psymbol x))) then Some x else None) = Some s ->
    peval e p = 1 - e s.
  case: ifP => // /nilP z [<-]; have : peval e (psub p (psub (constant one) (psymbol x))) = 0 by rewrite z.
  by rewrite !psub_eval constant_eval nval_one psymbol_eval => /eqP; rewrite subr_eq0 => /eqP.
rewrite /holds; case: r => // /H -> /=; first by rewrite subr_ge0.
by rewrite subr_gt0 => /ltW.
Qed.
Definition says_bounds (s : option (positive * PositiveMap.t bool)) :=
  forall i m, s = Some (i, m) -> forall k, mem m k -> e k <= 1.
Lemma next_bound_says s : says_bounds s -> says_bounds (next_bound st s).
Proof.
case: s => [[i m]|] // B j m' /=; case F: (PositiveMap.find i (facts st)) => [f|] //.
case L: (bound_of f) => [x|] // [_ <-] k; rewrite /mem; case: (Pos.eq_dec k x) => [->|n].
  by move=> _; apply: bound_of_le L _; exact: (K.2 _ _ F).
by rewrite PositiveMap.gso // => km; apply: (B _ _ erefl).
Qed.
Lemma bounded_le b s : mem (bounded st b) s -> e s <= 1.
Proof.
have B0 : says_bounds (Some (b.1, PositiveMap.empty bool)) by move=> i m [_ <-] k; rewrite /mem PositiveMap.gempty.
have B1 := next_bound_says B0; rewrite /bounded.
set s' := if b.2 is Some n then _ else _; have : says_bounds s'.
  by rewrite /s'; case: (b.2) => [n|] //; apply: (@Pos.iter_invariant n _ (next_bound st) says_bounds next_bound_says _ B1).
by case: s' => [[i m]|] B; [apply: (B i m) | rewrite /mem PositiveMap.gempty].
Qed.

Lemma peval_filter (P : pred (mono * num)) p : peval e p = peval e (filter P p) + peval e (filter (predC P) p).
Proof.
elim: p => [|t p IH] /=; first by rewrite addr0.
by rewrite IH; case: (P t) => /=; [rewrite addrA | rewrite addrCA].
Qed.
Lemma whole_value c : whole_number c -> nval R c = zv c.1.
Proof. by case: c => c [] //= _; rewrite /nval /= divr1. Qed.
Lemma powers_value x l : all (power_of x) l -> peval e l = in_powers l (e x).
Proof.
rewrite /in_powers; elim: l => [|[m c] l IH]; first by rewrite big_nil.
rewrite big_cons => /= /andP[/andP[/andP[w ms] _] /IH ->]; rewrite whole_value //; congr (_ * _ + _).
by elim: m {w} ms => //= s m IHm /andP[/Pos.eqb_eq <- /IHm ->]; rewrite exprS.
Qed.
Lemma value_thereE a l X Y : zv (value_there a l X Y) = zv a * zv Y + in_powers l (zv X).
Proof.
rewrite /value_there /in_powers -zvalM; elim: l (Z.mul a Y) => [|t l IH] y /=; first by rewrite big_nil addr0.
rewrite IH big_cons zvalD zvalM addrA; congr (_ + _ * _ + _).
by elim: (size t.1) => [|d IHd]; rewrite ?expr0 // iterS zvalM IHd exprS.
Qed.
Lemma nneg z : ~~ zneg z -> 0 <= zv z.
Proof. by case: z => [|p|p] //= _; rewrite ?lexx ?ler0n. Qed.

(* what is checked at the prefixes *)
Definition triple (q : Z * Z) (s : positive) : R * R * R := (zv q.1, zv q.2, e s).
Definition quotient (q : Z * Z) : R := zv q.2 / zv q.1.
Lemma prefixes_all a l X Y last wv : prefixes_ok a l X Y last wv ->
  [/\ all (fun q : Z * Z => zpos q.1) wv,
      forall k, (k <= size wv)%N -> 0 <= zv a * (zv Y + \sum_(q <- take k wv) zv q.2) + in_powers l (zv X + \sum_(q <- take k wv) zv q.1)
    & sorted <=%R (map quotient wv) /\
      forall q0, last = Some q0 -> zpos q0.1 -> path <=%R (quotient q0) (map quotient wv)].
Proof.
elim: wv X Y last => [|[w v] wv IH] X Y last /=.
  rewrite andbT => /nneg; rewrite value_thereE => h; split=> // -[|k] // _; by rewrite /= !big_nil !addr0.
move=> /andP[/nneg h /andP[/andP[w0 lw] /IH[p A [so pa]]]]; rewrite value_thereE in h.
have pw := pa (w, v) erefl w0; split; first by rewrite w0.
  case=> [|k] kl; first by rewrite /= !big_nil !addr0.
  by rewrite /= !big_cons !addrA -!zvalD; apply: A.
split=> // -[w1 v1] lE /= w10; rewrite pw andbT; move: lw; rewrite lE => /Z.leb_le lw.
rewrite /quotient /= ler_pdivr_mulr ?zpos_gt0 // mulrAC ler_pdivl_mulr ?zpos_gt0 // -!zvalM -subr_ge0.
have -> : zv (Z.mul v w1) - zv (Z.mul v1 w) = zv (Z.sub (Z.mul v w1) (Z.mul v1 w)) by rewrite zvalD zvalN.
by apply: nneg; move: lw => /Z.le_0_sub; case: Z.sub.
Qed.
Lemma sum_zip (f : Z * Z -> Z) (x : list positive) (w v u : list Z) : size w = size x -> size v = size x ->
  (forall k, (k < size x)%N -> f (nth Z0 w k, nth Z0 v k) = nth Z0 u k) ->
  \sum_(q <- zip (zip w v) x) zv (f q.1) * e q.2 = \sum_(k < size x) zv (nth Z0 u k) * e (nth xH x k).
Proof.
elim: x w v u => [|s x IH] [|a w] [|b v] u //=; first by rewrite big_nil big_ord0.
move=> [sw] [sv] F; rewrite big_cons big_ord_recl /= -(F 0%N) //; congr (_ + _).
by rewrite (IH w v (behead u)) // => [|k kx]; [apply: eq_bigr => k _; rewrite nth_behead | rewrite nth_behead -(F k.+1)].
Qed.
Lemma zip_all (P : pred (Z * Z)) (Q : pred positive) k o : all P k -> all Q o -> all (fun r => P r.1 && Q r.2) (zip k o).
Proof. by elim: k o => [|r k IH] [|s o] //= /andP[-> /IH h] /andP[-> /h]. Qed.
Theorem prefix_sound g x y b order : prefix_ok st g x y b order -> holds e g.
Proof.
rewrite /prefix_ok; case: g => -[] g //=.
case Wx: (weighted st x) => [p|] //; case Wy: (weighted st y) => [q|] //.
have eq0 z r : weighted st z = Some r -> peval e r = 0.
  rewrite /weighted; case L: (look st z.2) => [[[] r']|] //; case: ifP => // _ [<-].
  exact: (look_holds K L).
have p0 := eq0 _ _ Wx; have q0 := eq0 _ _ Wy.
set w := map _ _; set v := map _ order; set m := bounded st b.
have sw : size w = size order by rewrite size_map.
have sv : size v = size order by rewrite size_map.
move=> /andP[/andP[/andP[/andP[/andP[_ po] oy] od] /nilP ex] ny].
case F: (filter _ _) oy => [|[ny' [[|a|//] [//|//|]]] [|//]] // pre.
have gE : peval e g = zv (Zpos a) * e y.1 + in_powers (filter (predC (is_single y.1)) g) (e x.1).
  rewrite (peval_filter (is_single y.1)) F (powers_value po); congr (_ + _).
  have : all (is_single y.1) [:: (ny', (Zpos a, xH))] by rewrite -F filter_all.
  rewrite /is_single /= andbT; case: (ny') => [|s [|? ?]] // /Pos.eqb_eq ->.
  by rewrite /= /nval /= divr1 mulr1 addr0.
have xE : e x.1 = \sum_(k < size order) zv (nth Z0 w k) * e (nth xH order k).
  have : peval e (psub (padd p (linear order w)) (psymbol x.1)) = 0 by rewrite ex.
  by rewrite psub_eval padd_eval p0 add0r linear_eval // psymbol_eval => /eqP; rewrite subr_eq0 => /eqP.
have yE : \sum_(k < size order) zv (nth Z0 v k) * e (nth xH order k) <= e y.1.
  have := nonnegative_ge0 K ny.
  by rewrite !psub_eval psymbol_eval q0 subr0 linear_eval // subr_ge0.
have [pw pa [so _]] := prefixes_all pre.
pose l := [seq triple r.1 r.2 | r <- zip (zip w v) order].
rewrite /holds /= gE; apply: (@le_trans _ _ (zv (Zpos a) * (\sum_(r <- l) V r * S r) + in_powers (filter (predC (is_single y.1)) g) (\sum_(r <- l) W r * S r))); last first.
  rewrite !big_map /= (@sum_zip (fun q => q.1) order w v w) // (@sum_zip (fun q => q.2) order w v v) // -xE ler_add2r.
  by rewrite ler_wpmul2l // ler0n.
apply: least_prefix; rewrite ?ler0n //.
- by move=> A B th; apply: in_powers_concave; apply: sub_all po => t /andP[].
- have := zip_all pw od; rewrite /l all_map; apply: sub_all => r /andP[w0 /andP[ms ss]] /=.
  by rewrite /W /S /= zpos_gt0 //= (K.1 _ ss) (bounded_le ms).
- have -> : map (@ratio_of R) l = map quotient (unzip1 (zip (zip w v) order)) by rewrite /l /unzip1 -!map_comp.
  by rewrite unzip1_zip // size_zip sw sv minnn.
move=> l1 l2 lE; have [l1E sl1] : l1 = take (size l1) l /\ (size l1 <= size l)%N.
  by rewrite lE take_size_cat // size_cat leq_addr.
have sl : size l = size (zip w v) by rewrite /l size_map !size_zip sw sv !minnn.
have T (f : Z * Z -> Z) (G : R * R * R -> R) : (forall r s, G (triple r s) = zv (f r)) ->
    \sum_(r <- l1) G r = \sum_(r <- take (size l1) (zip w v)) zv (f r).
  move=> FG; have -> : take (size l1) (zip w v) = take (size l1) (unzip1 (zip (zip w v) order)).
    by rewrite unzip1_zip // size_zip sw sv minnn.
  by rewrite {1}l1E -!map_take !big_map; apply: eq_bigr => r _; rewrite FG.
rewrite (T (fun q => q.2)) // (T (fun q => q.1)) //.
by have := pa (size l1); rewrite -sl !add0r; apply.
Qed.
End Prefix.
