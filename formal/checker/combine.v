(* combine.v -- maps by numbers, scopes and what they mean, and that the rule combine is sound. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import polynomial meaning kernel.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* ---------------- numbers of symbols ---------------- *)
Lemma ltb_succ s n : Pos.ltb s n -> Pos.ltb s (Pos.succ n).
Proof. by move=> /Pos.ltb_lt h; apply/Pos.ltb_lt; apply: Pos.lt_lt_succ. Qed.
Lemma ltb_self n : Pos.ltb n (Pos.succ n).
Proof. by apply/Pos.ltb_lt; apply: Pos.lt_succ_diag_r. Qed.
Lemma ltb_irr n : Pos.ltb n n = false.
Proof. by apply/negP => /Pos.ltb_lt; apply: Pos.lt_irrefl. Qed.
Lemma ltb_succ_inv s n : Pos.ltb s (Pos.succ n) -> Pos.ltb s n \/ s = n.
Proof. by move=> /Pos.ltb_lt /Pos.lt_succ_r /Pos.le_lteq[h|]; [left; apply/Pos.ltb_lt | right]. Qed.
Lemma ltb_neq s n : Pos.ltb s n -> s <> n. Proof. by move=> h e; rewrite e ltb_irr in h. Qed.

(* ---------------- maps ---------------- *)
Section Maps.
Variable A : Type.
Implicit Types (m : PositiveMap.t A) (l : list A).
Lemma all_in_find (P : A -> bool) m k x : all_in P m -> PositiveMap.find k m = Some x -> P x.
Proof.
elim: m k => [|l IHl o r IHr] k /=; first by rewrite PositiveMap.gleaf.
by case/andP=> /andP[al ao] ar; case: k => [k|k|] /=; [apply: IHr | apply: IHl | move=> E; rewrite E in ao].
Qed.
Lemma table_from_low n m l k : Pos.ltb k n -> PositiveMap.find k (table_from n m l).2 = PositiveMap.find k m.
Proof.
rewrite /table_from; elim: l n m => //= x l IH n m kn.
by rewrite IH ?ltb_succ // PositiveMap.gso //; apply: ltb_neq.
Qed.
Lemma table_from_find n m l k x : PositiveMap.find k (table_from n m l).2 = Some x ->
  PositiveMap.find k m = Some x \/ List.In x l.
Proof.
rewrite /table_from; elim: l n m => [|y l IH] n m /=; first by left.
case/IH=> [|xl]; last by right; right.
case: (Pos.eq_dec k n) => [->|kn]; first by rewrite PositiveMap.gss => -[->]; right; left.
by rewrite PositiveMap.gso //; left.
Qed.
Lemma table_from_in n m l x : List.In x l -> exists k, PositiveMap.find k (table_from n m l).2 = Some x.
Proof.
elim: l n m => //= y l IH n m [->|]; last exact: IH.
exists n; have := @table_from_low (Pos.succ n) (PositiveMap.add n x m) l n (ltb_self n).
by rewrite PositiveMap.gss.
Qed.
Lemma table_find l k x : PositiveMap.find k (table l) = Some x -> List.In x l.
Proof. by case/table_from_find=> //; rewrite PositiveMap.gempty. Qed.
Lemma table_in l x : List.In x l -> exists k, PositiveMap.find k (table l) = Some x.
Proof. exact: table_from_in. Qed.
Lemma mem_find m s : mem m s <-> exists x, PositiveMap.find s m = Some x.
Proof. by rewrite /mem; case: PositiveMap.find => [x|]; split=> //; [exists x | case]. Qed.
End Maps.
Lemma hide_find which m k f :
  PositiveMap.find k (hide_in which m) = Some f -> PositiveMap.find k m = Some f /\ ~~ mentions which f.2.
Proof.
elim: m k => [|l IHl o r IHr] k; first by rewrite /= PositiveMap.gleaf.
by case: k => [k|k|] /=; [apply: IHr | apply: IHl | case: o => // g; case: ifP => // h [<-]; rewrite h].
Qed.
Lemma hide_keep which m k f :
  PositiveMap.find k m = Some f -> ~~ mentions which f.2 -> PositiveMap.find k (hide_in which m) = Some f.
Proof.
elim: m k => [|l IHl o r IHr] k; first by rewrite PositiveMap.gleaf.
case: k => [k|k|] /=; [exact: IHr | exact: IHl | by move=> -> /negbTE->].
Qed.

Lemma all_list A (P : A -> bool) l x : all P l -> List.In x l -> P x.
Proof. by elim: l => //= y l IH /andP[Py Pl] [<-|/(IH Pl)]. Qed.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Scope.
Variables (R : realFieldType).
Implicit Types (e x : point R) (st : scope).

(* what a scope assumes of a point *)
Definition known st e :=
  (forall s, mem (signs st) s -> 0 <= e s) /\ (forall i f, PositiveMap.find i (facts st) = Some f -> holds e f).

Section Combine.
Variables (st : scope) (e : point R).
Hypothesis K : known st e.

Lemma look_holds r f : look st r = Some f -> holds e f.
Proof.
case: r => [i|s] /=; first exact: K.2.
by case: ifP => // ms [<-]; rewrite /holds psymbol_eval; apply: K.1.
Qed.

Lemma product_value l b p : product st l = Some (b, p) -> 0 <= peval e p /\ (b -> 0 < peval e p).
Proof.
elim: l b p => [|r l IH] b p /=; first by case=> <- <-; rewrite constant_eval nval_one ler01 ltr01.
case E: (look st r) => [[k q]|] //; case F: (product st l) => [[b' a]|] //.
have h := look_holds E; have [a0 a1] := IH _ _ F; have q0 := truth_ge0 h; rewrite /= in q0.
have q1 : is_gt k -> 0 < peval e q by move: h; case: (k).
case=> <- <-; have -> : peval e (match l with [::] => q | _ => pmul q a end) = peval e q * peval e a.
  case: (l) F => [|r' l'] /= F; last by rewrite pmul_eval.
  by case: F => _ <-; rewrite constant_eval nval_one mulr1.
by split=> [|/andP[/q1 ? /a1 ?]]; [apply: mulr_ge0 | apply: mulr_gt0].
Qed.

Lemma minus_products_value l b a b' a' : minus_products st l b a = Some (b', a') ->
  [/\ teval e a' <= teval e a, b' -> b \/ teval e a' < teval e a & nilp l -> teval e a' = teval e a].
Proof.
elim: l b a => [|[c refs] l IH] b a /=; first by case=> <- <-; split=> //; left.
have [c0|//] := boolP (npos c); case E: (product st refs) => [[s p]|] //= /IH[le lt _].
have [p0 p1] := product_value E; have cp := npos_gt0 R c0.
rewrite add_times_eval mulr1 noppE mulNr in le lt.
have L : teval e a - nval R c * peval e p <= teval e a by rewrite ger_addl oppr_le0 mulr_ge0 // ltW.
split=> // [|/lt[/orP[|/p1 p2]|lt']]; first exact: le_trans L.
- by left.
- by right; apply: le_lt_trans le _; rewrite gtr_addl oppr_lt0 mulr_gt0.
- by right; apply: lt_le_trans lt' L.
Qed.

Lemma minus_equations_value l a a' : minus_equations st l a = Some a' -> teval e a' = teval e a.
Proof.
elim: l a => [|[m [first more]] l IH] a /=; first by case=> ->.
case: ifP => // _.
pose Inv (s : option (positive * total)) := forall i b, s = Some (i, b) -> teval e b = teval e a.
have step s : Inv s -> Inv (minus_equation st (pscale minus_one m) s).
  case: s => [[i b]|] // H j b' /=; case E: (PositiveMap.find i (facts st)) => [[[] p]|] //= -[_ <-].
  have := K.2 _ _ E; rewrite /holds /= => p0.
  by rewrite add_product_eval p0 mulr0 addr0 (H i b).
have I0 : Inv (Some (first, a)) by move=> i b [_ ->].
have : Inv (if more is Some n then
    Pos.iter (minus_equation st (pscale minus_one m)) (minus_equation st (pscale minus_one m) (Some (first, a))) n
    else minus_equation st (pscale minus_one m) (Some (first, a))).
  by case: more => [n|]; [apply: Pos.iter_invariant (step) _ _; exact: step | exact: step].
case: (if more is Some n then _ else _) => [[j b]|] // /(_ j b erefl) <-; exact: IH.
Qed.

Lemma nonnegative_ge0 p : nonnegative st p -> 0 <= peval e p.
Proof.
elim: p => [|[m c] p IH] //= /andP[/andP[c0 m0] /IH p0]; rewrite addr_ge0 // mulr_ge0 ?(ltW (npos_gt0 R c0)) //.
by elim: m m0 => [|s m IHm] /=; rewrite ?ler01 // => /andP[s0 /IHm]; apply: mulr_ge0; apply: K.1.
Qed.
Lemma nonnegative_gt0 p : nonnegative st p -> has (fun t : mono * num => nilp t.1) p -> 0 < peval e p.
Proof.
elim: p => [|[m c] p IH] //= /andP[/andP[c0 m0] pp] /orP[/nilP->|/(IH pp) q0].
  by rewrite /= mulr1 ltr_paddr ?npos_gt0 // nonnegative_ge0.
by rewrite ltr_paddl // -[_ * _]addr0; apply: (@nonnegative_ge0 [:: (m, c)]); rewrite /= c0 m0.
Qed.

Lemma shows_sound m g ps es : shows st m g ps es -> truth (shown g.1 ps) (peval e m * peval e g.2).
Proof.
rewrite /shows; case F: (minus_products _ _ _ _) => [[strict a]|] //; have [le lt eq] := minus_products_value F.
case G: (minus_equations _ _ _) => [a'|] //; rewrite -(minus_equations_value G) -(terms_eval e a') in le lt eq.
set rest := terms_of a' in le lt eq *; rewrite add_product_eval no_terms_eval add0r in le lt eq.
have n : shown g.1 ps = Eq -> nilp ps by case: (g.1) (ps) => [] [].
move: n; case: (shown g.1 ps) => n h /=.
- exact: le_trans (nonnegative_ge0 h) le.
- case/andP: h => h /orP[/lt[]//|s]; first exact: le_lt_trans (nonnegative_ge0 h).
  exact: lt_le_trans (nonnegative_gt0 h s) le.
- by rewrite -eq ?n // (nilP h).
Qed.
Lemma combine_sound g c : combine_ok st g c -> holds e g.
Proof.
rewrite /combine_ok; have [t0|//] := boolP (npos (times c)).
case E: (product st (by_ c)) => [[[] d]|] //=; have [_ /(_ isT) d0] := product_value E.
case: ifP => // /shows_sound; rewrite pscale_eval.
have m0 : 0 < nval R (times c) * peval e d by rewrite mulr_gt0 // npos_gt0.
have N ps es : shows st (constant minus_one) g ps es -> g.1 = Eq -> peval e g.2 <= 0.
  move/shows_sound; rewrite constant_eval nval_minus_one mulN1r => h gE.
  have : 0 <= - peval e g.2 by move: h; rewrite gE; case: (ps) => [|? ?] /= => [->|].
  by rewrite oppr_ge0.
rewrite /holds; case gE: g.1 (products c) (converse c) => [||] [|p ps] [[qs es]|] //=; rewrite ?(pmulr_rge0 _ m0) ?(pmulr_rgt0 _ m0) //.
  by move/eqP; rewrite mulf_eq0 gt_eqF //= => /eqP.
by move=> g0 /N/(_ gE) g1; apply/eqP; rewrite eq_le g0 g1.
Qed.

Lemma rest_holds (g : fact) : rest_ok st g.1 false g.2 -> holds e g.
Proof.
rewrite /holds; case: g => -[] p /=; first exact: nonnegative_ge0.
  by case/andP; apply: nonnegative_gt0.
by move/nilP->.
Qed.
End Combine.
End Scope.
