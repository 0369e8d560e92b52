(* project.v -- that the rule project, as kernel.v computes it, is sound: Fourier's and Motzkin's elimination. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities rules polynomial meaning kernel combine dual.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- bounds of one unknown ---- *)
Section Bounds.
Variable R : realFieldType.
(* a bound, and whether it is strict *)
Implicit Types (l u : R * bool) (L U : seq (R * bool)).
Definition above_bound l (v : R) := if l.2 then l.1 < v else l.1 <= v.
Definition under_bound u (v : R) := if u.2 then v < u.1 else v <= u.1.

Lemma largest L : L <> nil -> exists2 l, List.In l L & forall k, List.In k L -> k.1 <= l.1.
Proof.
elim: L => // l [|k L] IH _; first by exists l; [left | move=> k [<-|//]].
have [//|m mi mm] := IH; have [lm|ml] := leP l.1 m.1.
  by exists m; [right | move=> j [<-|/mm]].
by exists l; [left | move=> j [<-|/mm jm] //; apply: le_trans jm (ltW ml)].
Qed.
Lemma smallest U : U <> nil -> exists2 u, List.In u U & forall k, List.In k U -> u.1 <= k.1.
Proof.
elim: U => // u [|k U] IH _; first by exists u; [left | move=> k [<-|//]].
have [//|m mi mm] := IH; have [mu|um] := leP m.1 u.1.
  by exists m; [right | move=> j [<-|/mm]].
by exists u; [left | move=> j [<-|/mm jm] //; apply: le_trans (ltW um) jm].
Qed.

Lemma between L U : (forall l u, List.In l L -> List.In u U -> if l.2 || u.2 then l.1 < u.1 else l.1 <= u.1) ->
  exists v, (forall l, List.In l L -> above_bound l v) /\ (forall u, List.In u U -> under_bound u v).
Proof.
move=> H; have up (l : R * bool) v : l.1 < v -> above_bound l v by rewrite /above_bound; case: l.2 => // /ltW.
have dn (u : R * bool) v : v < u.1 -> under_bound u v by rewrite /under_bound; case: u.2 => // /ltW.
case: (L =P nil) => [L0|Ln]; last have [l li lm] := largest Ln.
  case: (U =P nil) => [U0|Un]; first by exists 0; rewrite L0 U0.
  have [u ui um] := smallest Un; exists (u.1 - 1); rewrite L0; split=> // k /um uk.
  by apply: dn; apply: lt_le_trans uk; rewrite ltr_subl_addr ltr_addl ltr01.
case: (U =P nil) => [U0|Un]; last have [u ui um] := smallest Un.
  exists (l.1 + 1); rewrite U0; split=> // k /lm kl.
  by apply: up; apply: le_lt_trans kl _; rewrite ltr_addl ltr01.
have [lt|ge] := ltP l.1 u.1.
  have [a b] := midf_lt lt; exists ((l.1 + u.1) / 2%:R); split=> k ki.
    by apply: up; apply: le_lt_trans a; apply: lm.
  by apply: dn; apply: lt_le_trans b _; apply: um.
exists l.1; have E : l.1 = u.1.
  by apply/eqP; rewrite eq_le ge andbT; have := H l u li ui; case: ifP => // _ /ltW.
split=> k ki; rewrite /above_bound /under_bound.
  case: ifP => k2; last exact: lm.
  by have := H k u ki ui; rewrite k2 /= -E.
rewrite E; case: ifP => k2; last exact: um.
by have := H l k li ki; rewrite k2 orbT E.
Qed.

(* facts a v + r, a not 0 *)
Definition line_holds (k : rel) (a r v : R) := truth k (a * v + r).
Lemma line_pos k (a r v : R) : 0 < a -> k <> Eq -> above_bound (- r / a, is_gt k) v -> line_holds k a r v.
Proof.
move=> a0 ne; rewrite /above_bound /line_holds /= ltr_pdivr_mulr // ler_pdivr_mulr // [v * a]mulrC.
by case: k ne => //= _; move=> h; rewrite -[r]opprK ?subr_ge0 ?subr_gt0.
Qed.
Lemma line_neg k (a r v : R) : a < 0 -> k <> Eq -> under_bound (- r / a, is_gt k) v -> line_holds k a r v.
Proof.
move=> a0 ne; rewrite /under_bound /line_holds /= ltr_ndivl_mulr // ler_ndivl_mulr // [v * a]mulrC.
by case: k ne => //= _; move=> h; rewrite -[r]opprK ?subr_ge0 ?subr_gt0.
Qed.
(* the sum of two, and what it says of the bounds *)
Definition joined (k j : rel) := if is_gt j then Gt else k.
Lemma pair_bounds k j (a b r s : R) : 0 < a -> b < 0 -> k <> Eq -> j <> Eq -> truth (joined k j) (- b * r + a * s) ->
  if is_gt k || is_gt j then - r / a < - s / b else - r / a <= - s / b.
Proof.
move=> a0 b0 k1 j1; have nb : 0 < - b by rewrite oppr_gt0.
have E : - s / b - - r / a = (- b * r + a * s) / (a * - b).
  by field; rewrite !neq_lt a0 b0 ?orbT.
have p : 0 < a * - b by rewrite mulr_gt0.
rewrite -subr_gt0 -subr_ge0 E pmulr_lgt0 ?invr_gt0 // pmulr_lge0 ?invr_gt0 //.
by case: k k1 => //; case: j j1 => //= _ _ h; rewrite ?(ltW h).
Qed.

(* all at once *)
Definition line := (rel * (R * R))%type.
Lemma eliminate_lines (s : seq line) : (forall f, List.In f s -> f.2.1 != 0 /\ f.1 <> Eq) ->
  (forall f g, List.In f s -> List.In g s -> 0 < f.2.1 -> g.2.1 < 0 -> truth (joined f.1 g.1) (- g.2.1 * f.2.2 + f.2.1 * g.2.2)) ->
  exists v, forall f, List.In f s -> line_holds f.1 f.2.1 f.2.2 v.
Proof.
move=> ok H; pose b (f : line) := (- f.2.2 / f.2.1, is_gt f.1).
have inP (P : pred line) f : List.In f (filter P s) <-> List.In f s /\ P f.
  by split=> [/List.filter_In|h]; [|apply/List.filter_In].
have [l u|v [vl vu]] := @between (map b (filter (fun f => 0 < f.2.1) s)) (map b (filter (fun f => f.2.1 < 0) s)).
  move=> /List.in_map_iff[f [<- /inP[fi f0]]] /List.in_map_iff[g [<- /inP[gi g0]]] /=.
  have [_ fe] := ok f fi; have [_ ge] := ok g gi.
  exact: (pair_bounds f0 g0 fe ge (H f g fi gi f0 g0)).
exists v => f fi; have [f0 fe] := ok f fi.
case: (ltrgtP f.2.1 0) f0 => // a0 _.
  by apply: line_neg => //; apply: (vu (b f)); apply: List.in_map; apply/inP.
by apply: line_pos => //; apply: (vl (b f)); apply: List.in_map; apply/inP.
Qed.
End Bounds.

Lemma in_rev A (x : A) l : List.In x (rev l) <-> List.In x l.
Proof.
elim: l => [//|a l IH]; rewrite rev_cons -cats1 List.in_app_iff IH /=.
by split=> [[|[]]|[]]; auto.
Qed.
Lemma table_from_number A n m (l : list A) i f : (forall i f, PositiveMap.find i m = Some f -> Pos.ltb i n) ->
  PositiveMap.find i (table_from n m l).2 = Some f -> Pos.ltb i (table_from n m l).1.
Proof.
rewrite /table_from; elim: l n m => [|x l IH] n m H /=; first exact: H.
apply: IH => j g; case: (Pos.eq_dec j n) => [->|jn]; first by move=> _; apply: ltb_self.
by rewrite PositiveMap.gso // => /H /ltb_succ.
Qed.

(* a point with another value of one symbol *)
Definition updated (R : realFieldType) (e : point R) n (v : R) : point R := fun s => if Pos.eqb s n then v else e s.

Section Project.
Variables (R : realFieldType) (unk sgn : positive -> bool) (unknowns : list positive) (withs : list (positive * fact)).
Variables (st : scope) (e : point R).
Implicit Types (z : point R) (m : PositiveMap.t fact).
Hypothesis K : known st e.

(* points that differ from e in unknowns only; facts that hold at a point *)
Definition agrees z := (forall s, ~~ unk s -> z s = e s) /\ forall s, mem (signs st) s -> 0 <= z s.
Definition meets m z := forall k f, PositiveMap.find k m = Some f -> holds z f.

(* ---- a proof of a row ---- *)
Definition bare := Scope (next st) (signs st) (PositiveMap.empty _) xH (goals st) (open st) false false false nil false (PositiveMap.empty _).
Lemma bare_known z : agrees z -> known bare z.
Proof. by case=> _ s; split=> // i f; rewrite PositiveMap.gempty. Qed.
Lemma fact_at z f : agrees z -> ~~ mentions unk f.2 -> holds e f -> holds z f.
Proof. by case=> E _ n; rewrite /holds (@peval_ext R unk e z f.2) // => s us; rewrite E. Qed.
Lemma subtract_value z m equation l b a b' a' : agrees z -> meets m z ->
  subtract unk st m equation l b a = Some (b', a') ->
  [/\ seval z a' <= seval z a, b' -> b \/ seval z a' < seval z a & equation -> seval z a' = seval z a].
Proof.
move=> A M; elim: l b a => [|[c r] l IH] b a /=; first by case=> <- <-; split=> //; left.
set o := match r with Known _ => _ | Sign _ => _ end; have oh f : o = Some f -> holds z f.
  rewrite /o; case: (r) => k; first exact: M.
  case F: (PositiveMap.find k (facts st)) => [g|] //; case: ifP => // /negbT n [<-].
  exact: fact_at A n (K.2 _ _ F).
case: o oh => [[k p]|] // /(_ _ erefl) h; case: ifP => // cond /IH[le lt eq].
have E : seval z (if nzero c then a else push a (pscale (nopp c) p)) = seval z a - nval R c * peval z p.
  case: ifP => [/(nzeroE R) ->|_]; first by rewrite mul0r subr0.
  by rewrite push_eval pscale_eval noppE mulNr.
rewrite {}E in le lt eq; have cp : 0 <= nval R c * peval z p /\ (is_eq k -> nval R c * peval z p = 0).
  move: h cond; rewrite /holds; case: (k) => /= h cond; last by rewrite h mulr0.
    by case/andP: cond => /(npos_gt0 R)/ltW c0 _; rewrite mulr_ge0.
  by case/andP: cond => /(npos_gt0 R)/ltW c0 _; rewrite mulr_ge0 // ltW.
have L : seval z a - nval R c * peval z p <= seval z a by rewrite ger_addl oppr_le0 cp.1.
split=> [|/lt[/orP[|gt]|lt']|eqn]; first exact: le_trans L.
- by left.
- right; apply: le_lt_trans le _; rewrite gtr_addl oppr_lt0; move: h cond gt; rewrite /holds; case: (k) => //= h.
  by case/andP=> c0 _ _; rewrite mulr_gt0 // npos_gt0.
- by right; apply: lt_le_trans lt' L.
rewrite eq // cp.2 ?subr0 //; by case/orP: cond => // /andP[_]; rewrite eqn.
Qed.
Lemma follows_sound z m f l : agrees z -> meets m z -> follows unk st m f l -> holds z f.
Proof.
move=> A M; rewrite /follows; case F: (subtract _ _ _ _ _ _ _) => [[strict a]|] //.
have [] := subtract_value A M F; rewrite push_eval add0r -(flush_nil z a); have B := bare_known A.
move: (flush a nil) => p; rewrite /holds; case: (f.1) => le lt eq h /=.
- exact: le_trans (nonnegative_ge0 B h) le.
- case/andP: h => h /orP[/lt[]//|s]; first exact: le_lt_trans (nonnegative_ge0 B h).
  exact: lt_le_trans (nonnegative_gt0 B h s) le.
- by rewrite -eq // (nilP h).
Qed.

(* ---- coefficients and sums of two rows ---- *)
Lemma updated_off z x v s : Pos.eqb s x = false -> updated z x v s = z s.
Proof. by rewrite /updated => ->. Qed.
Lemma unmentioned z x v p : ~~ mentions (Pos.eqb x) p -> peval (updated z x v) p = peval z p.
Proof. by move=> n; apply: peval_ext n _ => s; rewrite Pos.eqb_sym => /negbTE; apply: updated_off. Qed.
Lemma coefficient_value x p a b : unk x -> coefficient_of unk x p a = Some b ->
  forall z v w, peval (updated z x v) p - peval (updated z x w) p = (nval R b - nval R a) * (v - w).
Proof.
move=> ux; elim: p a => [|[m c] p IH] a /=; first by case=> -> z v w; rewrite !subrr mul0r.
have other : ~~ has unk m -> coefficient_of unk x p a = Some b -> forall z v w,
    nval R c * meval (updated z x v) m + peval (updated z x v) p - (nval R c * meval (updated z x w) m + peval (updated z x w) p)
    = (nval R b - nval R a) * (v - w).
  move=> nm /IH H z v w; rewrite -(H z v w).
  have same_m : meval (updated z x v) m = meval (updated z x w) m.
    elim: m nm => //= s m IHm; rewrite negb_or => /andP[us /IHm ->]; congr (_ * _).
    by rewrite /updated; case: ifP => // /Pos.eqb_eq sx; rewrite sx ux in us.
  by rewrite same_m; ring.
case: m other => [|s [|s' m]] other; first exact: other.
  move=> /IH H z v w; have := H z v w; rewrite /= !mulr1.
  have -> : updated z x v s = if Pos.eqb s x then v else z s by [].
  have -> : updated z x w s = if Pos.eqb s x then w else z s by [].
  case: ifP => _; last by move=> <-; ring.
  rewrite naddE => E; apply/eqP; rewrite -subr_eq0; apply/eqP.
  rewrite (_ : _ - _ = (peval (updated z x v) p - peval (updated z x w) p) - (nval R b - (nval R a + nval R c)) * (v - w)); last by ring.
  by rewrite E subrr.
by case: ifP => // /negbT; apply: other.
Qed.
Definition rest_at z x (p : poly) := peval (updated z x 0) p.
Lemma row_at x p a z v : unk x -> coefficient_of unk x p (int Z0) = Some a ->
  peval (updated z x v) p = nval R a * v + rest_at z x p.
Proof.
move=> ux /(coefficient_value ux)/(_ z v 0); rewrite nval_int /= !subr0 => H.
by rewrite -H subrK.
Qed.
Lemma updated_same z x : updated z x (z x) =1 z.
Proof. by move=> s; rewrite /updated; case: ifP => // /Pos.eqb_eq ->. Qed.
Lemma row_here x p a z : unk x -> coefficient_of unk x p (int Z0) = Some a -> peval z p = nval R a * z x + rest_at z x p.
Proof.
move=> ux ca; rewrite -(row_at z (z x) ux ca); apply: (@peval_ext R xpred0) => [|s _]; last by rewrite updated_same.
by elim: (p) => //= t q IH; rewrite /mentions /= negb_or; apply/andP; split=> //; elim: t.1.
Qed.

Lemma primitive_value p : exists2 c, 0 < c & forall z, peval z (primitive p) = c * peval z p.
Proof.
rewrite /primitive; set c := if _ then _ else _; exists (nval R c) => [|z]; last by rewrite pscale_eval.
by rewrite /c; case: ifP => [|_]; [exact: npos_gt0 | rewrite nval_one ltr01].
Qed.
Lemma without_value (f g : num * fact) : exists2 c, 0 < c & forall z, peval z (without f g).2 =
  c * (if npos g.1 then nval R g.1 * peval z f.2.2 - nval R f.1 * peval z g.2.2
       else - nval R g.1 * peval z f.2.2 + nval R f.1 * peval z g.2.2).
Proof.
rewrite /without /=; set p := if _ then _ else _; have [c c0 E] := primitive_value p; exists c => // z.
by rewrite E /p; case: ifP => _; rewrite padd_eval !pscale_eval noppE ?mulNr.
Qed.
Lemma nneg_lt0 x : nneg x -> nval R x < 0.
Proof.
rewrite /nneg negb_or => /andP[n z]; rewrite ltNge; apply/negP => h; move: n z; have := (rel_atE R Ge x).2 h.
by rewrite /= => /orP[->|->].
Qed.

(* ---- which rows are there ---- *)
Definition low (s : system) := forall k f, PositiveMap.find k (there s) = Some f -> Pos.ltb k (next_row s).
Lemma take_out_sub m l m' k f : take_out unk sgn unknowns withs st m l = Some m' -> PositiveMap.find k m' = Some f -> PositiveMap.find k m = Some f.
Proof.
elim: l m => [|[j d] l IH] m /=; first by case=> ->.
case F: (PositiveMap.find j m) => [g|] //; case: ifP => // _ /IH H /H; case: (Pos.eq_dec k j) => [->|n].
  by rewrite PositiveMap.grs.
by rewrite PositiveMap.gro.
Qed.
Lemma take_out_sound z m l m' : agrees z -> take_out unk sgn unknowns withs st m l = Some m' -> meets m' z -> meets m z.
Proof.
move=> A; elim: l m => [|[j d] l IH] m /=; first by case=> ->.
case F: (PositiveMap.find j m) => [g|] //; case: ifP => // /andP[_ fo] /IH H /H M k f.
case: (Pos.eq_dec k j) => [->|n]; last by rewrite -(PositiveMap.gro _ n); apply: M.
by rewrite F => -[<-]; apply: follows_sound A M fo.
Qed.
Lemma make_equal_sound z m l m' : make_equal unk st m l = Some m' -> meets m' z -> meets m z.
Proof.
elim: l m => [|[j d] l IH] m /=; first by case=> ->.
case F: (PositiveMap.find j m) => [[r p]|] //; case: ifP => // /andP[ng _] /IH H /H M k f.
case: (Pos.eq_dec k j) => [->|n]; last by move=> fk; apply: (M k); rewrite PositiveMap.gso.
rewrite F => -[<-]; have := M j (Eq, p); rewrite PositiveMap.gss /holds => /(_ erefl) /= ->.
by case: (r) ng => //= _; exact: lexx.
Qed.
Lemma make_equal_low m l m' k f : make_equal unk st m l = Some m' -> PositiveMap.find k m' = Some f -> exists g, PositiveMap.find k m = Some g.
Proof.
elim: l m => [|[j d] l IH] m /=; first by case=> -> E; exists f.
case F: (PositiveMap.find j m) => [[r p]|] //; case: ifP => // _ /IH H /H[g].
case: (Pos.eq_dec k j) => [->|n]; first by exists (r, p).
by rewrite PositiveMap.gso // => E; exists g.
Qed.
Lemma holders_in x m ks acc l h : holders unk x m ks acc = Some l -> List.In h l ->
  List.In h acc \/ [/\ PositiveMap.find h.1 m = Some h.2.2, coefficient_of unk x h.2.2.2 (int Z0) = Some h.2.1 & ~~ nzero h.2.1].
Proof.
elim: ks acc => [|k ks IH] acc /=; first by case=> <- /in_rev; left.
case F: (PositiveMap.find k m) => [f|]; last exact: IH.
case C: (coefficient_of _ _ _ _) => [a|] // /IH H /H[]; last by right.
case: ifP => [_ hi|/negbT n /= [<-|hi]]; [by left | by right | by left].
Qed.
Lemma remove_find (l : list holder) m k : PositiveMap.find k (foldl (fun m (f : holder) => PositiveMap.remove f.1 m) m l) = 
  if has (fun f : holder => Pos.eqb k f.1) l then None else PositiveMap.find k m.
Proof.
elim: l m => //= h l IH m; rewrite IH; case: ifP => H; first by rewrite orbT.
rewrite orbF; case: ifP => [/Pos.eqb_eq ->|n]; first by rewrite PositiveMap.grs.
by rewrite PositiveMap.gro // => E; rewrite E Pos.eqb_refl in n.
Qed.

(* ---- pairs ---- *)
Lemma kept_in h last l acc rows : kept_rows h last l acc = Some rows ->
  (forall f, List.In f acc -> List.In f rows) /\
  forall p n, List.In (p, n) l -> exists f g, [/\ PositiveMap.find p h = Some f, PositiveMap.find n h = Some g & List.In (without f g) rows].
Proof.
elim: l last acc => [|[p n] l IH] last acc /=; first by case=> <-; split=> // f fi; apply/in_rev.
case F: (PositiveMap.find p h) => [f|] //; case G: (PositiveMap.find n h) => [g|] //; case: ifP => // _ /IH[H1 H2].
split=> [k ki|p' n' [[<- <-]|/H2 //]]; first by apply: H1; right.
by exists f, g; split=> //; apply: H1; left.
Qed.
Lemma drop_with_in m f l kd kd' : drop_with unk st m f l kd = Some kd' ->
  (forall k, List.In k kd'.1 -> List.In k kd.1) /\
  forall g, List.In g l -> nneg g.2.1 -> List.In (f.1, g.1) kd.1 \/ exists d, follows unk st m (without f.2 g.2) d.
Proof.
elim: l kd => [|g l IH] kd /=; first by case=> <-.
case: ifP => [ng|/negbFE ng].
  by move=> /IH[H1 H2]; split=> // k [<-|/H2 //]; rewrite (negbTE ng).
have keep d kd1 : kd1.1 = kd.1 -> follows unk st m (without f.2 g.2) d -> drop_with unk st m f l kd1 = Some kd' ->
    (forall k, List.In k kd'.1 -> List.In k kd.1) /\
    forall g0, g = g0 \/ List.In g0 l -> nneg g0.2.1 -> List.In (f.1, g0.1) kd.1 \/ exists d, follows unk st m (without f.2 g0.2) d.
  by move=> e1 fo /IH[]; rewrite e1 => H1 H2; split=> // k [<- _|/H2 //]; right; exists d.
case: kd keep => [[|[p n] kept] [|d dropped]] keep //=.
- by case: ifP => // fo; apply: keep fo.
- case: ifP => // /andP[/Pos.eqb_eq -> /Pos.eqb_eq ->] /IH[H1 H2]; split=> [k /H1|k [<- _|ki nk]]; first by right.
    by left; left.
  by case: (H2 k ki nk) => h; [left; right | right].
- case: ifP => [/andP[/Pos.eqb_eq -> /Pos.eqb_eq ->] /IH[H1 H2]|_]; last by case: ifP => // fo; apply: keep fo.
  split=> [k /H1|k [<- _|ki nk]]; first by right.
    by left; left.
  by case: (H2 k ki nk) => h; [left; right | right].
Qed.
Lemma drop_all_in m all_of l kd kd' : drop_all unk st m all_of l kd = Some kd' ->
  (forall k, List.In k kd'.1 -> List.In k kd.1) /\
  forall f g, List.In f l -> List.In g all_of -> npos f.2.1 -> nneg g.2.1 ->
  List.In (f.1, g.1) kd.1 \/ exists d, follows unk st m (without f.2 g.2) d.
Proof.
elim: l kd => [|f l IH] kd /=; first by case=> <-.
case: ifP => [pf|/negbT nf]; last first.
  by move=> /IH[H1 H2]; split=> // k g [<- _ pf|kl]; [by rewrite pf in nf | exact: H2].
case D: (drop_with _ _ _ _ _ _) => [kd1|] // /IH[H1 H2]; have [D1 D2] := drop_with_in D.
split=> [k /H1/D1 //|k g [<- ga _|kl ga pk] ng]; first exact: D2.
by case: (H2 k g kl ga pk ng) => h; [left; apply: D1 | right].
Qed.

(* ---- one unknown ---- *)
Lemma holds_scale (f g : fact) z z' c : 0 < c -> peval z f.2 = c * peval z' g.2 -> f.1 = g.1 -> holds z f -> holds z' g.
Proof. by rewrite /holds => c0 -> ->; rewrite truth_scale. Qed.
Lemma eliminate_sound s s' el : low s -> eliminate unk sgn unknowns withs st s el = Some s' ->
  low s' /\ forall z', agrees z' -> meets (there s') z' -> exists2 z, agrees z & meets (there s) z.
Proof.
move=> Lo; rewrite /eliminate; set x := symbol_of el; case: ifP => // /negbFE ux.
case Me: (make_equal _ _ _ _) => [m|] //; case Ho: (holders _ _ _ _ _) => [l|] //.
set m' := foldl _ m l; case: ifP => // /negbFE free; case: ifP => // /negbFE signed.
set os := match first_equation l with Some _ => _ | None => _ end.
case Os: os => [s1|] //; case To: (take_out _ _ _ _ _ _ _) => [m''|] // -[<-].
have Sub k f : PositiveMap.find k m'' = Some f -> PositiveMap.find k (there s1) = Some f by exact: take_out_sub To.
have lowm k f : PositiveMap.find k m = Some f -> Pos.ltb k (next_row s).
  by move=> /(make_equal_low Me)[g]; apply: Lo.
have lowm' k f : PositiveMap.find k m' = Some f -> Pos.ltb k (next_row s).
  by rewrite remove_find; case: ifP => // _; apply: lowm.
have in_l h : List.In h l -> [/\ PositiveMap.find h.1 m = Some h.2.2, coefficient_of unk x h.2.2.2 (int Z0) = Some h.2.1 & ~~ nzero h.2.1].
  by move=> /(holders_in Ho)[].
have {Os} [rows s1E rowsP] : exists2 rows, s1 = add_rows s m' rows &
    match first_equation l with
    | Some g => forall h, List.In h l -> h.1 <> g.1 -> List.In (without h.2 g.2) rows
    | None => forall f g, List.In f l -> List.In g l -> npos f.2.1 -> nneg g.2.1 ->
        List.In (without f.2 g.2) rows \/ exists d, follows unk st (there s1) (without f.2 g.2) d
    end.
  move: Os; rewrite /os; case: (first_equation l) => [g|]; case: (pairs el) => [[kept dropped]|] //.
    move=> [<-]; exists [seq without f.2 g.2 | f <- l & ~~ Pos.eqb f.1 g.1] => // h hl ne; apply/List.in_map_iff; exists h; split=> //.
    by apply/List.filter_In; split=> //; apply/negP => /Pos.eqb_eq.
  case Kr: (kept_rows _ _ _ _) => [rows|] //; case D: (drop_all _ _ _ _ _ _) => [[[|? ?] [|? ?]]|] // [E1]; exists rows => // f g fl gl pf ng.
  rewrite -E1; have [_ H] := drop_all_in D; case: (H f g fl gl pf ng) => /= [fg|]; last by right.
  left; have [_ H2] := kept_in Kr; have [f' [g' [F G i]]] := H2 _ _ fg.
  have at_l h y : List.In h l -> PositiveMap.find h.1 (foldl (fun h0 (f0 : holder) => PositiveMap.add f0.1 f0.2 h0) (PositiveMap.empty (num * fact)) l) = Some y -> y = h.2.
    move=> hl; have T a : PositiveMap.find h.1 (foldl (fun h0 (f0 : holder) => PositiveMap.add f0.1 f0.2 h0) a l) = Some y ->
        PositiveMap.find h.1 a = Some y \/ exists2 k, List.In k l & k.1 = h.1 /\ k.2 = y.
      elim: (l) a => [|[r q] v IH] a /=; first by left.
      case/IH=> [|[k kv [k1 k2]]]; last by right; exists k => //; right.
      case: (Pos.eq_dec h.1 r) => [->|n]; first by rewrite PositiveMap.gss => -[<-]; right; exists (r, q) => //; left.
      by rewrite PositiveMap.gso //; left.
    case/T=> [|[k kl [k1 <-]]]; first by rewrite PositiveMap.gempty.
    have [a1 a2 _] := in_l _ kl; have [b1 b2 _] := in_l _ hl; rewrite k1 b1 in a1.
    case: a1 => E2; move: a2; rewrite -E2 b2 => -[E3].
    by rewrite (surjective_pairing k.2) (surjective_pairing h.2) E3 E2.
  by move: i; rewrite (at_l _ _ fl F) (at_l _ _ gl G).
have low1 : low s1.
  by rewrite s1E => k f; apply: table_from_number => j g; apply: lowm'.
split=> [k f /Sub /low1 //|z' A M].
have M1 : meets (there s1) z' by exact: take_out_sound A To M.
have Mm' : meets m' z'.
  by move=> k f fk; apply: (M1 k); rewrite s1E /= table_from_low //; apply: lowm' fk.
have Mr f : List.In f rows -> holds z' f.
  by move=> fr; have [k fk] := table_from_in (next_row s) m' fr; apply: (M1 k); rewrite s1E.
suff [v vs vl] : exists2 v, (mem (signs st) x -> 0 <= v) & forall h, List.In h l -> holds (updated z' x v) h.2.2.
  exists (updated z' x v).
    split=> [r us|r ms]; rewrite /updated; case: ifP => [/Pos.eqb_eq sx|_]; try exact: A.1; try exact: A.2.
      by rewrite sx ux in us.
    by apply: vs; rewrite -sx.
  apply: (make_equal_sound Me) => k f fk; case E: (has (fun h : holder => Pos.eqb k h.1) l).
    have [h hl /Pos.eqb_eq kh] : exists2 h, List.In h l & Pos.eqb k h.1.
      elim: (l) E => //= h l' IH /orP[kh|/IH[h' i kh]]; first by exists h => //; left.
      by exists h' => //; right.
    by have [+ _ _] := in_l h hl; rewrite -kh fk => -[->]; apply: vl.
  have fk' : PositiveMap.find k m' = Some f by rewrite remove_find E.
  have := all_in_find free fk' => n; have := Mm' _ _ fk'; rewrite /holds (unmentioned _ _ n) //.
case l0: (nilp l).
  by exists (z' x) => [|h]; [exact: A.2 | rewrite (nilP l0)].
suff [v vl] : exists v, forall h, List.In h l -> holds (updated z' x v) h.2.2.
  exists v => // ms; move: signed; rewrite l0 ms /= => hs.
  have [h hl /andP[ng ps]] : exists2 h, List.In h l & says_sign x h.
    elim: (l) hs => //= h l' IH /orP[kh|/IH[h' i kh]]; first by exists h => //; left.
    by exists h' => //; right.
  have := truth_ge0 (vl h hl); have : peval (updated z' x v) h.2.2.2 = updated z' x v x.
    by apply/eqP; rewrite -psymbol_eval -subr_eq0 -psub_eval (nilP ps).
  by move=> ->; rewrite /updated Pos.eqb_refl.
have line h v : List.In h l -> peval (updated z' x v) h.2.2.2 = nval R h.2.1 * v + rest_at z' x h.2.2.2.
  by move=> hl; have [_ c _] := in_l h hl; apply: row_at.
have here h : List.In h l -> peval z' h.2.2.2 = nval R h.2.1 * z' x + rest_at z' x h.2.2.2.
  by move=> hl; have [_ c _] := in_l h hl; apply: row_here.
have coef h : List.In h l -> nval R h.2.1 != 0.
  move=> hl; have [_ _ nz] := in_l h hl; apply: contra nz => /eqP; exact: (rel_atE R Eq h.2.1).2.
case Fe: (first_equation l) rowsP => [g|].
  have [gl ge] : List.In g l /\ g.2.2.1 = Eq.
    move: Fe; rewrite /first_equation; case Fi: (filter _ _) => [|g' ?] //= -[<-].
    have : List.In g' (filter (fun f : holder => is_eq f.2.2.1) l) by rewrite Fi; left.
    by move=> /List.filter_In[i]; case: (g'.2.2.1).
  have b0 := coef g gl; set b := nval R g.2.1 in b0; set rg := rest_at z' x g.2.2.2.
  have g0 : b * (- rg / b) + rg = 0 by rewrite mulrC divfK // addNr.
  move=> rowsP; exists (- rg / b) => h hl; case: (Pos.eq_dec h.1 g.1) => [hg|hg].
    have [h1 _ _] := in_l h hl; have [g1 _ _] := in_l g gl; rewrite hg g1 in h1; case: h1 => <-.
    by rewrite /holds ge line.
  have [c c0 E] := without_value h.2 g.2; have := Mr _ (rowsP h hl hg); have hE := here h hl; have gE := here g gl.
  have lh := line h (- rg / b) hl; set a := nval R h.2.1 in hE lh; set rh := rest_at z' x h.2.2.2 in hE lh.
  rewrite /holds E hE gE lh -/a -/b -/rg /without ge /=; move: (z' x) => y.
  have nb : ~~ npos g.2.1 -> 0 < - b.
    rewrite oppr_gt0 lt_neqAle b0 leNgt => np; apply: contra np => b1; exact: (rel_atE R Gt g.2.1).2.
  case: ifP => [/(npos_gt0 R)|/negbT/nb]; rewrite -/b => bs.
    rewrite [X in truth _ X -> _](_ : _ = (c * b) * (a * (- rg / b) + rh)); [by rewrite truth_scale // mulr_gt0 | by field].
  rewrite [X in truth _ X -> _](_ : _ = (c * - b) * (a * (- rg / b) + rh)); [by rewrite truth_scale // mulr_gt0 | by field].
move=> rowsP; pose ls := [seq (h.2.2.1, (nval R h.2.1, rest_at z' x h.2.2.2)) | h <- l].
have inls f : List.In f ls -> exists2 h, List.In h l & f = (h.2.2.1, (nval R h.2.1, rest_at z' x h.2.2.2)).
  by move=> /List.in_map_iff[h [E hl]]; exists h.
have P1 f : List.In f ls -> f.2.1 != 0 /\ f.1 <> Eq.
  move=> /inls[h hl ->] /=; split; first exact: coef.
  move=> he; move: Fe; rewrite /first_equation; case Fi: (filter _ _) => [|? ?] // _.
  have : List.In h (filter (fun f : holder => is_eq f.2.2.1) l) by apply/List.filter_In; rewrite he.
  by rewrite Fi.
have P2 f g : List.In f ls -> List.In g ls -> 0 < f.2.1 -> g.2.1 < 0 -> truth (joined f.1 g.1) (- g.2.1 * f.2.2 + f.2.1 * g.2.2).
  move=> /inls[h hl ->] /inls[k kl ->] /= a0 b0.
  have pf : npos h.2.1 by have := (rel_atE R Gt h.2.1).2 a0.
  have ng : nneg k.2.1.
    rewrite /nneg negb_or; apply/andP; split; apply/negP; first by move=> /(npos_gt0 R) hh; move: (lt_trans b0 hh); rewrite ltxx.
    by move=> /(nzeroE R) hh; move: b0; rewrite hh ltxx.
  have W : holds z' (without h.2 k.2).
    by case: (rowsP h k hl kl pf ng) => [/Mr //|[d]]; apply: follows_sound.
  have [c c0 E] := without_value h.2 k.2; move: W; rewrite /holds E (here h hl) (here k kl).
  case: ifP => [/(npos_gt0 R) pk|_]; first by move: (lt_trans b0 pk); rewrite ltxx.
  rewrite truth_scale // /without /= /joined.
  by congr (truth _ _); move: (z' x) (nval R h.2.1) (nval R k.2.1) => y a b; ring.
have [v vl] := eliminate_lines P1 P2.
exists v => h hl; rewrite /holds line //; apply: (vl (h.2.2.1, (nval R h.2.1, rest_at z' x h.2.2.2))).
by apply/List.in_map_iff; exists h.
Qed.

(* ---- all of them ---- *)
Lemma eliminate_all_sound s l s' z' : low s -> eliminate_all unk sgn unknowns withs st s l = Some s' -> agrees z' -> meets (there s') z' ->
  exists2 z, agrees z & meets (there s) z.
Proof.
elim: l s => [|el l IH] s lo /=; first by case=> -> A M; exists z'.
case F: (eliminate _ _ _ _ _ _ _) => [s1|] // G A M; have [lo1 H] := eliminate_sound lo F.
by have [z A1 M1] := IH s1 lo1 G A M; apply: H A1 M1.
Qed.
Lemma rows_left_sound s fs z : rows_left unk s = Some fs -> (forall f, List.In f fs -> holds z f) -> meets (there s) z.
Proof.
rewrite /rows_left; set l := foldl _ nil _; case: ifP => // /andP[empty _] [<-] H k f fk.
apply: H; apply/in_rev; have kin : List.In k (order s).
  have [//|out] := List.in_dec Pos.eq_dec k (order s).
  have R1 ks (m : PositiveMap.t fact) : ~ List.In k ks -> PositiveMap.find k m = Some f ->
      PositiveMap.find k (foldl (fun m k => PositiveMap.remove k m) m ks) = Some f.
    elim: ks m => //= j ks IH m no fm; apply: IH; first by move=> h; apply: no; right.
    by rewrite PositiveMap.gro // => kj; apply: no; left.
  by have := all_in_find empty (R1 _ _ out fk).
rewrite /l; have : List.In k (order s) \/ List.In f nil by left.
elim: (order s) (nil) {l kin empty} => [|j ks IH] acc /=; first by case.
move=> h; apply: IH; case: h => [[->|h]|h]; last 2 [by left].
  by rewrite fk; right; left.
by case: (PositiveMap.find j (there s)) => [g|]; right; [right|].
Qed.

Lemma known_agrees : agrees e. Proof. by split=> // s; apply: K.1. Qed.
Lemma project_exists l s fs : eliminate_all unk sgn unknowns withs st (start_system sgn unknowns withs) l = Some s ->
  rows_left unk s = Some fs -> (forall s, unk s -> List.In s unknowns) -> (forall f, List.In f fs -> holds e f) -> Exists unk sgn withs e.
Proof.
move=> E L U H; have lo : low (start_system sgn unknowns withs).
  by rewrite /start_system => k f; apply: table_from_number => i g; rewrite PositiveMap.gempty.
have [z A M] := eliminate_all_sound lo E known_agrees (rows_left_sound L H).
have row f : List.In f (map snd withs ++ map (fun s => (Ge, psymbol s)) (filter sgn unknowns)) -> holds z f.
  by move=> fi; have [k fk] := table_from_in xH (PositiveMap.empty fact) fi; apply: (M k).
exists z; split=> [r us|r us ss|w wi]; first exact: A.1.
  have := row (Ge, psymbol r); rewrite /holds psymbol_eval /=; apply.
  apply/List.in_app_iff; right; apply/List.in_map_iff; exists r; split=> //; apply/List.filter_In; split=> //; exact: U.
by apply: row; apply/List.in_app_iff; left; apply/List.in_map_iff; exists w.
Qed.
End Project.
