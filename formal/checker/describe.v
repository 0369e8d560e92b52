(* describe.v -- generators of a cone by the double description method, as the rule generate of certificates demands
   (certificate/kernel/FORMAT.md), and that they generate it, over any ordered field. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities polynomial.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* ---------------- vectors of integers ---------------- *)
Definition vec := list Z.
Fixpoint vcomb (c : Z) (u : vec) (d : Z) (v : vec) : vec :=          (* c u + d v *)
  match u, v with
  | nil, _ => map (Z.mul d) v
  | _, nil => map (Z.mul c) u
  | x :: u', y :: v' => Z.add (Z.mul c x) (Z.mul d y) :: vcomb c u' d v'
  end.
Fixpoint vdot (u v : vec) : Z :=
  match u, v with
  | x :: u', y :: v' => if x is Z0 then vdot u' v' else Z.add (Z.mul x y) (vdot u' v')
  | _, _ => Z0
  end.
Fixpoint vcompare (u v : vec) : comparison :=
  match u, v with
  | nil, nil => Datatypes.Eq
  | nil, _ => Lt
  | _, nil => Datatypes.Gt
  | x :: u', y :: v' => match Z.compare x y with Datatypes.Eq => vcompare u' v' | c => c end
  end.
Definition vequal (u v : vec) : bool := if vcompare u v is Datatypes.Eq then true else false.
Definition vle (u v : vec) : bool := if vcompare u v is Datatypes.Gt then false else true.
(* without a common divisor; that it divides is seen by multiplying *)
Definition primitive (v : vec) : vec :=
  let g := foldl Z.gcd Z0 v in
  if Z.leb g (Zpos xH) then v else
  let q := map (fun x => Z.quot x g) v in if vequal (map (Z.mul g) q) v then q else v.

(* ---------------- rays and lines ---------------- *)
(* a ray, and which rows so far it is tight at, the last row first *)
Definition ray : Type := vec * list bool.
(* of the rows so far; true for each of these *)
Record cone := Cone { lines : list vec; rays : list ray; passed : list bool }.

(* a multiple of v less one of p, at which a is 0; a has the value x > 0 at p *)
Definition cancel (a p : vec) (x : Z) (v : vec) : vec :=
  let y := vdot a v in if y is Z0 then v else primitive (vcomb x v (Z.opp y) p).
(* the last line at which a is not 0, turned so that a is positive, and the others made tight by it *)
Fixpoint pull (a : vec) (l : list vec) : option (vec * Z * list vec) :=
  match l with
  | nil => None
  | h :: l' =>
      match pull a l' with
      | Some (p, x, l'') => Some (p, x, cancel a p x h :: l'')
      | None =>
          match vdot a h with
          | Z0 => None
          | Zpos x => Some (h, Zpos x, l')
          | Zneg x => Some (map Z.opp h, Zpos x, l')
          end
      end
  end.
(* where z and w are true v is *)
Fixpoint covers (z w v : list bool) : bool :=
  match z, w, v with
  | x :: z', y :: w', b :: v' => (~~ (x && y) || b) && covers z' w' v'
  | _, _, _ => true
  end.
Fixpoint both (z w : list bool) : list bool :=
  match z, w with x :: z', y :: w' => (x && y) :: both z' w' | _, _ => nil end.
(* another ray that is tight where both are, and comparable to none of them *)
Definition between (z w v : list bool) : bool :=
  covers z w v && ~~ covers z z v && ~~ covers w w v && ~~ covers v v z && ~~ covers v v w.
Definition adjacent (l : list ray) (p q : ray) : bool := ~~ has (fun r : ray => between p.2 q.2 r.2) l.
Definition meet (p q : Z * ray) : ray :=
  (primitive (vcomb p.1 q.2.1 (Z.opp q.1) p.2.1), true :: both p.2.2 q.2.2).
Definition zpos (x : Z) := if x is Zpos _ then true else false.
Definition zneg (x : Z) := if x is Zneg _ then true else false.
Definition meets_of (l : list ray) (ps qs : list (Z * ray)) : list ray :=
  foldl (fun acc p => foldl (fun acc q => if adjacent l p.2 q.2 then meet p q :: acc else acc) acc qs) nil ps.
(* the cone where a is nonnegative, or 0 *)
Definition insert (c : cone) (row : bool * vec) : option cone :=
  let: (equation, a) := row in
  match pull a (lines c) with
  | Some (p, x, l) =>
      let rs := map (fun r : ray => (cancel a p x r.1, true :: r.2)) (rays c) in
      Some (Cone l (if equation then rs else (p, false :: passed c) :: rs) (true :: passed c))
  | None =>
      if ~~ all (fun r : ray => has negb r.2) (rays c) then None else
      let l := map (fun r : ray => (vdot a r.1, r)) (rays c) in
      let up := filter (fun r => zpos r.1) l in let down := filter (fun r => zneg r.1) l in
      let keep := map (fun r : Z * ray => (r.2.1, (if r.1 is Z0 then true else false) :: r.2.2))
        (filter (fun r => ~~ zneg r.1 && ~~ (equation && zpos r.1)) l) in
      Some (Cone (lines c) (keep ++ meets_of (rays c) up down) (true :: passed c))
  end.
Fixpoint insert_all (c : cone) (rows : list (bool * vec)) : option cone :=
  match rows with
  | nil => Some c
  | row :: rows' => if insert c row is Some c' then insert_all c' rows' else None
  end.
Definition unit_vector (n k : nat) : vec := ncons k Z0 (Zpos xH :: nseq (n - k.+1) Z0).
(* rays and lines in n coordinates, each in ascending order *)
Definition describe (n : nat) (rows : list (bool * vec)) : option (list vec * list vec) :=
  if insert_all (Cone (map (unit_vector n) (iota 0 n)) nil nil) rows is Some c
  then Some (sort vle (map fst (rays c)), sort vle (lines c)) else None.

(* ================= they generate the cone ================= *)
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Cone.
Variable R : realFieldType.
Implicit Types (y z : nat -> R) (a g h : vec) (s : seq (R * vec)).
Local Notation zv := (zval R).
Definition ev (v : vec) (i : nat) : R := zv (nth Z0 v i).
Fixpoint dot (a : vec) y : R := if a is x :: a' then zv x * y 0%N + dot a' (fun i => y i.+1) else 0.

Lemma dot_ext a y z : y =1 z -> dot a y = dot a z.
Proof. by elim: a y z => //= x a IH y z E; rewrite E (IH _ (fun i => z i.+1)). Qed.
Lemma dot_lin a c y d z : dot a (fun i => c * y i + d * z i) = c * dot a y + d * dot a z.
Proof. by elim: a y z => [|x a IH] y z /=; [rewrite !mulr0 addr0 | rewrite (IH (fun i => y i.+1) (fun i => z i.+1)); ring]. Qed.
Lemma dot0 a : dot a (fun=> 0) = 0.
Proof. by elim: a => //= x a ->; rewrite mulr0 addr0. Qed.
Lemma vdotE a g : zv (vdot a g) = dot a (ev g).
Proof.
elim: a g => [|x a IH] [|v g] //=; rewrite ?mulr0 ?add0r.
  by rewrite (@dot_ext a _ (fun=> 0)) ?dot0 ?mulr0 ?addr0 // => i; rewrite /ev nth_nil.
have -> : dot a (fun i => ev (v :: g) i.+1) = zv (vdot a g) by rewrite IH; apply: dot_ext.
have -> : ev (v :: g) 0 = zv v by [].
by case: x => [|x|x]; rewrite ?zvalD ?zvalM ?mul0r ?add0r.
Qed.
Lemma vcombE c u d v i : ev (vcomb c u d v) i = zv c * ev u i + zv d * ev v i.
Proof.
have M k w j : ev (map (Z.mul k) w) j = zv k * ev w j.
  rewrite /ev; have [h|h] := ltnP j (size w); first by rewrite (nth_map Z0) // zvalM.
  by rewrite !nth_default ?size_map //= mulr0.
have N j : ev [::] j = 0 by rewrite /ev nth_nil.
elim: u v i => [|x u IH] v i; first by rewrite N mulr0 add0r -M.
case: v => [|y v]; first by rewrite N mulr0 addr0 -M.
by case: i => [|i]; rewrite /ev /= ?zvalD ?zvalM // -/(ev _ i) IH.
Qed.
Lemma vcompare_eq u v : vcompare u v = Datatypes.Eq -> u = v.
Proof. by elim: u v => [|x u IH] [|y v] //=; case: Z.compare_spec => // -> /IH ->. Qed.
Lemma vequal_eq u v : vequal u v -> u = v.
Proof. by rewrite /vequal; case E: (vcompare u v) => // _; apply: vcompare_eq. Qed.
Lemma vequal_refl u : vequal u u.
Proof. by rewrite /vequal; have -> : vcompare u u = Datatypes.Eq by elim: u => //= x u ->; rewrite Z.compare_refl. Qed.
Lemma zpos_gt0 x : zpos x -> 0 < zv x. Proof. by case: x => // p _; apply: zval_pos_gt0. Qed.
Lemma zneg_lt0 x : zneg x -> zv x < 0. Proof. by case: x => // p _; rewrite /= oppr_lt0 -/(zv (Zpos p)) zval_pos_gt0. Qed.
Lemma zv_sign x : [\/ zpos x, x = Z0 | zneg x]. Proof. by case: x => [|p|p]; [apply: Or32 | apply: Or31 | apply: Or33]. Qed.

(* a positive multiple *)
Definition along g y := exists2 c : R, 0 < c & forall i, ev g i = c * y i.
Lemma primitive_along v : along (primitive v) (ev v).
Proof.
have id1 : along v (ev v) by exists 1; [exact: ltr01 | move=> i; rewrite mul1r].
rewrite /primitive; set g := foldl _ _ _; case: (Z.leb_spec g (Zpos xH)) => // g1; case: ifP => // /vequal_eq E.
have g0 : 0 < zv g by case: (g) g1 => // p _; apply: zval_pos_gt0.
exists (zv g)^-1; rewrite ?invr_gt0 // => i; apply: (mulfI (lt0r_neq0 g0)); rewrite mulrA divff ?lt0r_neq0 // mul1r.
set q := map (fun x => Z.quot x g) v in E *; rewrite -E /ev.
have [h|h] := ltnP i (size q); first by rewrite (nth_map Z0) // zvalM.
have hv : (size v <= i)%N by move: h; rewrite size_map.
by rewrite [nth _ q i]nth_default // [in RHS]nth_default ?size_map ?hv //= mulr0.
Qed.

(* ---- sums of rays and lines ---- *)
Definition comb s i : R := \sum_(q <- s) q.1 * ev q.2 i.
Definition Among (G : seq vec) s := forall q, List.In q s -> List.In q.2 G.
Definition Nonneg s := forall q, List.In q s -> 0 <= q.1.
Definition spans (G H : seq vec) y :=
  exists s m, [/\ Nonneg s, Among G s, Among H m & forall i, y i = comb s i + comb m i].

Lemma comb_cons q s i : comb (q :: s) i = q.1 * ev q.2 i + comb s i. Proof. by rewrite /comb big_cons. Qed.
Lemma comb_cat s m i : comb (s ++ m) i = comb s i + comb m i. Proof. by rewrite /comb big_cat. Qed.
Lemma comb_scale c s i : comb [seq (c * q.1, q.2) | q <- s] i = c * comb s i.
Proof. by rewrite /comb big_map mulr_sumr; apply: eq_bigr => q _; rewrite mulrA. Qed.
Lemma spans_ext G H y z : y =1 z -> spans G H y -> spans G H z.
Proof. by move=> E [s [m [a b c d]]]; exists s, m; split=> // i; rewrite -E. Qed.
Lemma spans_add G H c y z : 0 <= c -> spans G H y -> spans G H z -> spans G H (fun i => c * y i + z i).
Proof.
move=> c0 [s [m [a b d e]]] [s' [m' [a' b' d' e']]].
exists ([seq (c * q.1, q.2) | q <- s] ++ s'), ([seq (c * q.1, q.2) | q <- m] ++ m'); split.
- by move=> q /List.in_app_iff[/List.in_map_iff[r [<- /a]]|/a'] //= r0; apply: mulr_ge0.
- by move=> q /List.in_app_iff[/List.in_map_iff[r [<- /b]]|/b'].
- by move=> q /List.in_app_iff[/List.in_map_iff[r [<- /d]]|/d'].
by move=> i; rewrite !comb_cat !comb_scale e e'; ring.
Qed.
Lemma spans0 G H : spans G H (fun=> 0).
Proof. by exists nil, nil; split=> // i; rewrite /comb big_nil addr0. Qed.
Lemma spans_ray G H g : List.In g G -> spans G H (ev g).
Proof.
move=> gG; exists [:: (1, g)], nil; split=> [q [<-|//]|q [<-|//]|//|i]; rewrite ?ler01 //.
by rewrite comb_cons /comb !big_nil mul1r !addr0.
Qed.
Lemma spans_line G H h c : List.In h H -> spans G H (fun i => c * ev h i).
Proof.
move=> hH; exists nil, [:: (c, h)]; split=> // [q [<-|//] //|i].
by rewrite comb_cons /comb !big_nil !addr0 add0r.
Qed.
Lemma spans_scale G H c y : 0 <= c -> spans G H y -> spans G H (fun i => c * y i).
Proof. by move=> c0 sy; apply: (spans_ext _ (spans_add c0 sy (spans0 G H))) => i; rewrite addr0. Qed.
Lemma spans_sum G H s : Nonneg s -> (forall q, List.In q s -> spans G H (ev q.2)) -> spans G H (comb s).
Proof.
elim: s => [|q s IH] n h; first by apply: (spans_ext _ (spans0 G H)) => i; rewrite /comb big_nil.
apply: (spans_ext (y := fun i => q.1 * ev q.2 i + comb s i)) => [i|]; first by rewrite comb_cons.
apply: spans_add; [by apply: n; left | by apply: h; left | apply: IH => r rs; [apply: n|apply: h]; right]; exact: rs.
Qed.
(* who has the generators has all *)
Lemma spans_all G H G' H' y : spans G H y -> (forall g, List.In g G -> spans G' H' (ev g)) ->
  (forall h c, List.In h H -> spans G' H' (fun i => c * ev h i)) -> spans G' H' y.
Proof.
move=> [s [m [n a b E]]] hG hH; apply: (spans_ext (y := fun i => 1 * comb s i + comb m i)) => [i|]; first by rewrite mul1r E.
apply: (@spans_add G' H' 1 (comb s) (comb m) ler01); first by apply: spans_sum => // q /a /hG.
elim: m b {E} => [|q m IH] b; first by apply: (spans_ext _ (spans0 G' H')) => i; rewrite /comb big_nil.
apply: (spans_ext (y := fun i => 1 * (q.1 * ev q.2 i) + comb m i)) => [i|]; first by rewrite comb_cons mul1r.
by apply: (@spans_add G' H' 1 (fun i => q.1 * ev q.2 i) (comb m) ler01); [apply: hH; apply: b; left | apply: IH => r rm; apply: b; right].
Qed.
Lemma dot_comb a s : dot a (comb s) = \sum_(q <- s) q.1 * dot a (ev q.2).
Proof.
elim: s => [|q s IH]; first by rewrite big_nil (@dot_ext a _ (fun=> 0)) ?dot0 // => i; rewrite /comb big_nil.
rewrite big_cons -IH (@dot_ext a _ (fun i => q.1 * ev q.2 i + 1 * comb s i)) => [|i]; first by rewrite dot_lin mul1r.
by rewrite comb_cons mul1r.
Qed.
Lemma spans_split G p H y : spans G (p :: H) y -> exists t z, spans G H z /\ forall i, y i = t * ev p i + z i.
Proof.
move=> [s [m [n a b E]]].
have [t [m' [b' E']]] : exists t m', Among H m' /\ forall i, comb m i = t * ev p i + comb m' i.
  elim: m b {E} => [|q m IH] b; first by exists 0, nil; split=> // i; rewrite mul0r add0r.
  have [t [m' [b' E]]] := IH (fun r rm => b r (or_intror rm)).
  case: (b q (or_introl erefl)) => [pq|qH].
    by exists (t + q.1), m'; split=> // i; rewrite comb_cons E -pq; ring.
  exists t, (q :: m'); split=> [r [<-|/b']//|i]; rewrite !comb_cons E; ring.
exists t, (fun i => comb s i + comb m' i); split; first by exists s, m'.
by move=> i; rewrite E E'; ring.
Qed.

(* ---- pull and cancel ---- *)
Lemma cancelE a p x v : zpos x -> dot a (ev p) = zv x ->
  [/\ dot a (ev (cancel a p x v)) = 0 & exists d e : R, 0 < d /\ forall i, ev (cancel a p x v) i = d * ev v i + e * ev p i].
Proof.
move=> x0 px; have xp := zpos_gt0 x0.
have H : exists d e : R, 0 < d /\ (d * dot a (ev v) + e * zv x = 0 /\ forall i, ev (cancel a p x v) i = d * ev v i + e * ev p i).
  have va := vdotE a v; rewrite /cancel.
  have G : exists d e : R, 0 < d /\ (d * dot a (ev v) + e * zv x = 0 /\
      forall i, ev (primitive (vcomb x v (Z.opp (vdot a v)) p)) i = d * ev v i + e * ev p i).
    have [c c0 E] := primitive_along (vcomb x v (Z.opp (vdot a v)) p).
    exists (c * zv x), (- c * dot a (ev v)); split; first by rewrite mulr_gt0.
    by split=> [|i]; rewrite ?E ?vcombE ?zvalN ?va; ring.
  case V: (vdot a v) G => [|y|y] // _; exists 1, 0; split; rewrite ?ltr01 //.
  by split=> [|i]; [rewrite -va V /= mul0r mulr0 addr0 | rewrite mul1r mul0r addr0].
have [d [e [d0 [z E]]]] := H; split; last by exists d, e.
by rewrite (dot_ext _ E) dot_lin px.
Qed.
Lemma pull_none a l : pull a l = None -> forall h, List.In h l -> dot a (ev h) = 0.
Proof.
elim: l => //= h l IH; case P: (pull a l) => [[[p x] l']|] //; have va := vdotE a h.
by case V: (vdot a h) va => // va _ g [<-//|/(IH P)].
Qed.
Lemma ev_opp h i : ev (map Z.opp h) i = - ev h i.
Proof.
rewrite /ev; have [k|k] := ltnP i (size h); first by rewrite (nth_map Z0) // zvalN.
by rewrite !nth_default ?size_map //= oppr0.
Qed.
Definition zero_at (a : vec) (l : seq vec) := forall h, List.In h l -> dot a (ev h) = 0.
Definition small (n : nat) y := forall i, (n <= i)%N -> y i = 0.
Lemma pull_some a l p x l' : pull a l = Some (p, x, l') ->
  [/\ zpos x, dot a (ev p) = zv x, zero_at a l',
      forall b, zero_at b l -> dot b (ev p) = 0 /\ zero_at b l'
    & forall G h c, List.In h l -> spans G (p :: l') (fun i => c * ev h i)] /\
  (forall n, (forall h, List.In h l -> small n (ev h)) -> small n (ev p) /\ forall h, List.In h l' -> small n (ev h)).
Proof.
elim: l p x l' => //= h l IH p x l'; case P: (pull a l) => [[[p' x'] l'']|].
  move=> [<- <- <-]; have [[x0 px z0 zb sp] sm] := IH _ _ _ P; have [ch [d [e [d0 E]]]] := cancelE h x0 px.
  split; first split=> //.
  - by move=> g [<-|/z0].
  - move=> b zl; have [bp b'] := zb b (fun g gl => zl g (or_intror gl)); split=> // g [<-|/b' //].
    by rewrite (dot_ext _ E) dot_lin bp (zl h (or_introl erefl)) !mulr0 addr0.
  - move=> G g c [<-|/(sp G g c)]; last first.
      move=> S; apply: (spans_all S) => [r rG|r k [<-|rl]]; first exact: spans_ray.
        by apply: spans_line; left.
      by apply: spans_line; right; right.
    apply: (spans_ext (y := fun i => 1 * (c / d * ev (cancel a p' x' h) i) + (- (c * e / d)) * ev p' i)) => [i|].
      by rewrite E; field; rewrite gt_eqF.
    apply: (@spans_add G _ 1 (fun i => c / d * ev (cancel a p' x' h) i) _ ler01).
      by apply: spans_line; right; left.
    by apply: spans_line; left.
  move=> n s; have [sp' sl'] := sm n (fun g gl => s g (or_intror gl)); split=> // g [<-|/sl' //] i ni.
  by rewrite E (s h) ?sp' ?mulr0 ?addr0 //; left.
have zl := pull_none P; have va := vdotE a h.
case V: (vdot a h) va => [|y|y] // va [<- <- <-]; (split; first split=> //).
- by move=> b zb; split=> [|g gl]; apply: zb; [left | right].
- move=> G g c [<-|gl]; first by apply: spans_line; left.
  by apply: spans_line; right.
- by move=> n s; split=> [|g gl]; apply: s; [left | right].
- rewrite (@dot_ext a _ (fun i => (-1) * ev h i + 0 * ev h i)) => [|i]; last by rewrite ev_opp; ring.
  by rewrite dot_lin -va /= mulN1r opprK mul0r addr0.
- move=> b zb; split=> [|g gl]; last by apply: zb; right.
  rewrite (@dot_ext b _ (fun i => (-1) * ev h i + 0 * ev h i)) => [|i]; last by rewrite ev_opp; ring.
  by rewrite dot_lin (zb h (or_introl erefl)) !mulr0 addr0.
- move=> G g c [<-|gl]; last by apply: spans_line; right.
  apply: (spans_ext (y := fun i => - c * ev (map Z.opp h) i)) => [i|]; first by rewrite ev_opp; ring.
  by apply: spans_line; left.
- move=> n s; split=> [i ni|g gl]; last by apply: s; right.
  by rewrite ev_opp (s h (or_introl erefl)) ?oppr0.
Qed.

(* ---- lists ---- *)
Lemma ratio (T : Type) (l : seq T) (w u : T -> R) : (forall q, List.In q l -> [/\ 0 <= w q, 0 <= u q & (w q = 0 -> u q = 0)]) ->
  (exists2 q, List.In q l & 0 < u q) ->
  exists t, [/\ 0 < t, forall q, List.In q l -> 0 <= w q - t * u q & exists2 q, List.In q l & 0 < w q /\ w q - t * u q = 0].
Proof.
have pos q : [/\ 0 <= w q, 0 <= u q & (w q = 0 -> u q = 0)] -> 0 < u q -> 0 < w q.
  by move=> [w0 _ e] u0; rewrite lt_neqAle w0 andbT; apply/eqP => /esym/e z; rewrite z ltxx in u0.
elim: l => [_ []//|h l IH] H; have Hh := H h (or_introl erefl); have Hl q ql := H q (or_intror ql).
have [uh|uh] := leP (u h) 0.
  have u0 : u h = 0 by case: Hh => _ ? _; apply: le_anti; rewrite uh.
  move=> [q [<-|ql] q0]; first by rewrite u0 ltxx in q0.
  have [t [t0 A [r rl B]]] := IH Hl (ex_intro2 _ _ q ql q0); exists t; split=> // [k [<-|/A //]|]; last by exists r => //; right.
  by rewrite u0 mulr0 subr0; case: Hh.
move=> _; have wh := pos h Hh uh; pose th := w h / u h; have th0 : 0 < th by rewrite divr_gt0.
have eh : w h - th * u h = 0 by rewrite divfK ?subrr // gt_eqF.
suff [[t [t0 A [r rl B]] le]|A] : (exists2 t, [/\ 0 < t, forall q, List.In q l -> 0 <= w q - t * u q & exists2 q, List.In q l & 0 < w q /\ w q - t * u q = 0]
    & t <= th) \/ (forall q, List.In q l -> 0 <= w q - th * u q).
- exists t; split=> // [q [<-|/A //]|]; last by exists r => //; right.
  by rewrite -eh ler_sub // ler_wpmul2r // ltW.
- by exists th; split=> // [q [<-|/A //]|]; [rewrite eh | exists h => //; left].
have [|[q ql q0]] : (forall q, List.In q l -> u q = 0) \/ exists2 q, List.In q l & 0 < u q.
- elim: (l) Hl => [|q l' IH'] Hl; first by left.
  have [|[r rl r0]] := IH' (fun r rl => Hl r (or_intror rl)); last by right; exists r => //; right.
    move=> z; have [|q0] := leP (u q) 0; last by right; exists q => //; left.
    move=> q0; left=> r [<-|/z //]; case: (Hl q (or_introl erefl)) => _ ? _.
    by apply: le_anti; rewrite q0.
- by move=> z; right=> q ql; rewrite z // mulr0 subr0; case: (Hl q ql).
have [t [t0 A B]] := IH Hl (ex_intro2 _ _ q ql q0); have [le|lt] := leP t th; first by left; exists t.
right=> r rl; apply: le_trans (A r rl) _; rewrite ler_sub // ler_wpmul2r ?(ltW lt) //.
by case: (Hl r rl).
Qed.
Lemma count_less (T : Type) (l : seq T) (P Q : pred T) : (forall q, List.In q l -> P q -> Q q) ->
  (exists2 q, List.In q l & Q q && ~~ P q) -> (count P l < count Q l)%N.
Proof.
have le (k : seq T) : (forall q, List.In q k -> P q -> Q q) -> (count P k <= count Q k)%N.
  elim: k => //= q k IH H; apply: leq_add; last by apply: IH => r rk; apply: H; right.
  by have := H q (or_introl erefl); case: (P q) => // ->.
elim: l => [_ []//|h l IH] H [q [<-|ql] hq] /=.
  by case/andP: hq => -> /negbTE->; rewrite add0n add1n ltnS le // => r rl; apply: H; right.
rewrite -addnS leq_add //; first by have := H h (or_introl erefl); case: (P h) => // ->.
by apply: IH; [move=> r rl; apply: H; right | exists q].
Qed.
Lemma all_In (T : Type) (P : pred T) (l : seq T) : (forall q, List.In q l -> P q) -> all P l.
Proof. by elim: l => //= q l IH H; rewrite H ?IH //; [move=> r rl; apply: H; right | left]. Qed.
Lemma In_all (T : Type) (P : pred T) (l : seq T) q : all P l -> List.In q l -> P q.
Proof. by elim: l => //= r l IH /andP[Pr Pl] [<-|/(IH Pl)]. Qed.
Lemma has_In (T : Type) (P : pred T) (l : seq T) : has P l -> exists2 q, List.In q l & P q.
Proof. by elim: l => //= r l IH /orP[h|/IH[q ql h]]; [exists r => //; left | exists q => //; right]. Qed.
Lemma In_has (T : Type) (P : pred T) (l : seq T) q : List.In q l -> P q -> has P l.
Proof. by elim: l => //= r l IH [->->//|/IH h /h ->]; rewrite orbT. Qed.
Lemma In_filter (T : Type) (P : pred T) (l : seq T) q : List.In q l -> P q -> List.In q (filter P l).
Proof. by elim: l => //= r l IH [->->|/IH h /h i]; [left | case: ifP => _; [right|]]. Qed.
Lemma filter_In (T : Type) (P : pred T) (l : seq T) q : List.In q (filter P l) -> List.In q l /\ P q.
Proof. by elim: l => //= r l IH; case: ifP => [h [<-|/IH[]]|_ /IH[]]; split=> //; [left | right | right]. Qed.
(* nonnegative numbers whose sum is 0, or more *)
Lemma sum_zero (T : Type) (l : seq T) (F : T -> R) : (forall q, List.In q l -> 0 <= F q) -> \sum_(q <- l) F q = 0 ->
  forall q, List.In q l -> F q = 0.
Proof.
have ge (k : seq T) : (forall q, List.In q k -> 0 <= F q) -> 0 <= \sum_(q <- k) F q.
  elim: k => [|q k IH] H; first by rewrite big_nil.
  by rewrite big_cons; apply: addr_ge0; [apply: H; left | apply: IH => r rk; apply: H; right].
elim: l => // h l IH H; rewrite big_cons => /eqP.
rewrite paddr_eq0; [| by apply: H; left | by apply: ge => r rl; apply: H; right].
by move=> /andP[/eqP h0 /eqP l0] q [<-//|/(IH _ l0)]; apply=> r rl; apply: H; right.
Qed.
Lemma sum_some (T : Type) (l : seq T) (F : T -> R) : 0 < \sum_(q <- l) F q -> exists2 q, List.In q l & 0 < F q.
Proof.
elim: l => [|h l IH]; rewrite ?big_nil ?ltxx // big_cons => p; have [h0|h0] := ltP 0 (F h); first by exists h => //; left.
have [|q ql q0] := IH; last by exists q => //; right.
by apply: lt_le_trans p _; rewrite ger_addr.
Qed.
Lemma sum_other (T : Type) (l : seq T) (F : T -> R) q : \sum_(q <- l) F q = 0 -> List.In q l -> 0 < F q ->
  exists2 r, List.In r l & F r < 0.
Proof.
move=> z ql q0; have [a|//] : (forall r, List.In r l -> 0 <= F r) \/ exists2 r, List.In r l & F r < 0.
  elim: (l) => [|h k [a|[r rl r0]]]; [by left | | by right; exists r => //; right].
  by have [h0|h0] := leP 0 (F h); [left=> r [<-|/a] | right; exists h => //; left].
by move: q0; rewrite (sum_zero a z ql) ltxx.
Qed.
(* ---- the cone of the rows ---- *)
Definition meets_row (row : bool * vec) y := if row.1 then dot row.2 y = 0 else 0 <= dot row.2 y.
Definition inside (rows : seq (bool * vec)) y := forall q, List.In q rows -> meets_row q y.
Lemma meets_ge0 q y : meets_row q y -> 0 <= dot q.2 y.
Proof. by rewrite /meets_row; case: ifP => // _ ->. Qed.
Definition tight_at g (q : bool * vec) := dot q.2 (ev g) == 0.
Record good (n : nat) (rows : seq (bool * vec)) (c : cone) : Prop := Good {
  good_inside : forall r, List.In r (rays c) -> inside rows (ev r.1);
  good_tight : forall r, List.In r (rays c) -> r.2 = map (tight_at r.1) rows;
  good_lines : forall h q, List.In h (lines c) -> List.In q rows -> dot q.2 (ev h) = 0;
  good_passed : passed c = map (fun _ => true) rows;
  good_small : forall r, List.In r (rays c) -> small n (ev r.1);
  good_small_lines : forall h, List.In h (lines c) -> small n (ev h);
  good_spans : forall y, small n y -> inside rows y -> spans (map fst (rays c)) (lines c) y
}.

(* a combination c u + d v of points inside, c > 0 *)
Lemma inside_comb rows c y d z : 0 <= c -> 0 <= d -> inside rows y -> inside rows z -> inside rows (fun i => c * y i + d * z i).
Proof.
move=> c0 d0 iy iz q ql; have := iy q ql; have := iz q ql; rewrite /meets_row dot_lin.
by case: ifP => _ => [-> ->|zq yq]; rewrite ?mulr0 ?addr0 // addr_ge0 // mulr_ge0.
Qed.
Lemma inside_ext rows y z : y =1 z -> inside rows y -> inside rows z.
Proof. by move=> E iy q /iy; rewrite /meets_row (dot_ext _ E). Qed.
Lemma small_lin n c y d z : small n y -> small n z -> small n (fun i => c * y i + d * z i).
Proof. by move=> sy sz i ni; rewrite sy ?sz // !mulr0 addr0. Qed.
Lemma small_ext n y z : y =1 z -> small n y -> small n z.
Proof. by move=> E sy i ni; rewrite -E sy. Qed.

Section Insert.
Variables (n : nat) (rows : seq (bool * vec)) (c : cone).
Hypothesis C : good n rows c.
Variables (equation : bool) (a : vec).
Let row := (equation, a).

(* ---- a line is not tight ---- *)
Lemma insert_line p x l : pull a (lines c) = Some (p, x, l) ->
  let rs := map (fun r : ray => (cancel a p x r.1, true :: r.2)) (rays c) in
  good n (row :: rows) (Cone l (if equation then rs else (p, false :: passed c) :: rs) (true :: passed c)).
Proof.
move=> P rs; have [[x0 px z0 zb sp] sm] := pull_some P.
have [smp sml] := sm n (@good_small_lines _ _ _ C).
have tp q : List.In q rows -> dot q.2 (ev p) = 0.
  by move=> ql; have [] := zb q.2 (fun h hl => good_lines C hl ql).
have tl q h : List.In q rows -> List.In h l -> dot q.2 (ev h) = 0.
  by move=> ql hl; have [_] := zb q.2 (fun h hl => good_lines C hl ql); apply.
have xp := zpos_gt0 x0.
have dots r q : List.In r (rays c) -> List.In q rows -> exists2 d : R, 0 < d & dot q.2 (ev (cancel a p x r.1)) = d * dot q.2 (ev r.1).
  move=> rr ql; have [_ [d [e [d0 E]]]] := cancelE r.1 x0 px; exists d => //.
  by rewrite (dot_ext _ E) dot_lin tp // mulr0 addr0.
have Rs r : List.In r rs -> exists2 r0, List.In r0 (rays c) & r = (cancel a p x r0.1, true :: r0.2).
  by move=> /List.in_map_iff[r0 [<- r0i]]; exists r0.
have I1 r : List.In r rs -> [/\ inside (row :: rows) (ev r.1), r.2 = map (tight_at r.1) (row :: rows) & small n (ev r.1)].
  move=> /Rs[r0 r0i ->]; have [az [d [e [d0 E]]]] := cancelE r0.1 x0 px; split.
  - move=> q [<-|ql]; first by rewrite /meets_row az lexx; case: ifP.
    have [d' d0' DE] := dots _ _ r0i ql.
    by have := good_inside C r0i ql; rewrite /meets_row DE; case: ifP => _ => [->|h]; rewrite ?mulr0 // mulr_ge0 // ltW.
  - rewrite /= {1}/tight_at az eqxx (good_tight C r0i); congr (_ :: _).
    elim: (rows) dots => //= q k IH D; rewrite IH => [|r1 q1 r1i q1i]; last by apply: D => //; right.
    congr (_ :: _); rewrite /tight_at; have [d' d0' ->] := D _ q r0i (or_introl erefl).
    by rewrite mulf_eq0 (gt_eqF d0').
  by apply: small_ext (fun i => esym (E i)) _; exact: (small_lin d e (good_small C r0i) smp).
have Ip : ~~ equation -> [/\ inside (row :: rows) (ev p), false :: passed c = map (tight_at p) (row :: rows) & small n (ev p)].
  move=> ne; split=> //; first move=> q [<-|ql].
  - by rewrite /meets_row /= (negbTE ne) px ltW.
  - by rewrite /meets_row tp // lexx; case: ifP.
  rewrite /= {1}/tight_at px gt_eqF // (good_passed C); congr (_ :: _).
  by elim: (rows) tp => //= q k IH D; rewrite -IH => [|q1 q1i]; [rewrite /tight_at D ?eqxx //; left | apply: D; right].
split=> /= [r|r|h q hl [<-|ql]|||h hl|y sy iy].
- by case: ifP => [_ /I1[]//|/negbT ne [<-|/I1[]//]]; case: (Ip ne).
- by case: ifP => [_ /I1[]//|/negbT ne [<-|/I1[]//]]; case: (Ip ne).
- exact: z0.
- exact: tl.
- by rewrite (good_passed C).
- by move=> r; case: ifP => [_ /I1[]//|/negbT ne [<-|/I1[]//]]; case: (Ip ne).
- exact: sml.
have S := good_spans C sy (fun q ql => iy q (or_intror ql)).
have {S} S : spans (map fst rs) (p :: l) y.
  apply: (spans_all S) => [g /List.in_map_iff[r [<- rr]]|h k hl]; last exact: sp.
  have [_ [d [e [d0 E]]]] := cancelE r.1 x0 px.
  apply: (spans_ext (y := fun i => d^-1 * ev (cancel a p x r.1) i + (- (e / d)) * ev p i)) => [i|].
    by rewrite E; field; rewrite gt_eqF.
  apply: (@spans_add _ _ d^-1 (ev (cancel a p x r.1))); first by rewrite invr_ge0 ltW.
    apply: spans_ray; apply/List.in_map_iff; exists (cancel a p x r.1, true :: r.2); split=> //.
    by apply/List.in_map_iff; exists r.
  by apply: spans_line; left.
have [t [z [sz E]]] := spans_split S.
have az : dot a z = 0.
  have [s [m [_ b1 b2 E']]] := sz.
  rewrite (@dot_ext a _ (fun i => 1 * comb s i + 1 * comb m i)) => [|i]; last by rewrite !mul1r E'.
  rewrite dot_lin !dot_comb !mul1r.
  have Z k : (forall q : R * vec, List.In q k -> dot a (ev q.2) = 0) -> \sum_(q <- k) q.1 * dot a (ev q.2) = 0 :> R.
    elim: k => [|q k IH] H; rewrite ?big_nil // big_cons H ?mulr0 ?add0r; last by left.
    by apply: IH => r rk; apply: H; right.
  rewrite !Z ?addr0 // => q; first by move=> /b2; apply: z0.
  by move=> /b1 /List.in_map_iff[r [<- /Rs[r0 _ ->]]]; have [] := cancelE r0.1 x0 px.
have at_ : t * zv x = dot a y.
  by rewrite (@dot_ext a y (fun i => t * ev p i + 1 * z i)) => [|i]; [rewrite dot_lin px az mulr0 addr0 | rewrite mul1r E].
have := iy row (or_introl erefl); rewrite /meets_row /= -at_; case: ifP => _ h.
  have t0 : t = 0 by move: h => /eqP; rewrite mulf_eq0 (gt_eqF xp) orbF => /eqP.
  by apply: (spans_ext _ sz) => i; rewrite E t0 mul0r add0r.
apply: (spans_ext (y := fun i => t * ev p i + z i)) => [i|]; first by rewrite E.
apply: spans_add; first by rewrite -(pmulr_lge0 _ xp).
  by apply: spans_ray; left.
apply: (spans_all sz) => [g gi|h' k hl]; last exact: spans_line.
by apply: spans_ray; right.
Qed.

(* ---- all lines are tight ---- *)
Hypothesis no_line : pull a (lines c) = None.
Hypothesis slack_rays : all (fun r : ray => has negb r.2) (rays c).
Let l := map (fun r : ray => (vdot a r.1, r)) (rays c).
Let up := filter (fun r : Z * ray => zpos r.1) l.
Let down := filter (fun r : Z * ray => zneg r.1) l.
Let keep := map (fun r : Z * ray => (r.2.1, (if r.1 is Z0 then true else false) :: r.2.2))
  (filter (fun r : Z * ray => ~~ zneg r.1 && ~~ (equation && zpos r.1)) l).
Let between_rays := meets_of (rays c) up down.

Lemma line_tight h : List.In h (lines c) -> dot a (ev h) = 0.
Proof. exact: (pull_none no_line). Qed.
Lemma slack r : List.In r (rays c) -> exists2 q, List.In q rows & 0 < dot q.2 (ev r.1).
Proof.
move=> rr; have := In_all slack_rays rr; rewrite (good_tight C rr).
elim: (rows) (good_inside C rr) => //= q k IH I /orP[h|/IH[|q1 q1i h]]; last by exists q1 => //; right.
  exists q; first by left.
  by rewrite lt_neqAle eq_sym h meets_ge0 //; apply: I; left.
by move=> q1 q1i; apply: I; right.
Qed.
(* tight where y is *)
Definition under y z := forall q, List.In q rows -> dot q.2 y = 0 -> dot q.2 z = 0.
Lemma in_l v r : List.In (v, r) l <-> List.In r (rays c) /\ v = vdot a r.1.
Proof.
split=> [/List.in_map_iff[r0 [[<- <-] i]] //|[i ->]].
by apply/List.in_map_iff; exists r.
Qed.

(* what a point is made of *)
Lemma made y : small n y -> inside rows y -> exists s : seq (R * vec), [/\ Nonneg s, Among (map fst (rays c)) s,
    forall q, List.In q rows -> dot q.2 y = \sum_(t <- s) t.1 * dot q.2 (ev t.2), dot a y = \sum_(t <- s) t.1 * dot a (ev t.2)
  & forall q t, List.In q rows -> List.In t s -> dot q.2 y = 0 -> t.1 * dot q.2 (ev t.2) = 0].
Proof.
move=> sy iy; have [s [m [n0 b1 b2 E]]] := good_spans C sy iy; exists s.
have V b : (forall h, List.In h (lines c) -> dot b (ev h) = 0) -> dot b y = \sum_(t <- s) t.1 * dot b (ev t.2).
  move=> z; rewrite (@dot_ext b _ (fun i => 1 * comb s i + 1 * comb m i)) => [|i]; last by rewrite !mul1r E.
  rewrite dot_lin !dot_comb !mul1r [X in _ + X](_ : _ = 0) ?addr0 //.
  by elim: m b2 {E} => [|q k IH] H; rewrite ?big_nil // big_cons z ?mulr0 ?add0r; [apply: IH => r rk; apply: H; right | apply: H; left].
have V1 q : List.In q rows -> dot q.2 y = \sum_(t <- s) t.1 * dot q.2 (ev t.2).
  by move=> ql; apply: V => h hl; exact: (good_lines C hl ql).
split=> // [|q t ql ts]; first by apply: V => h; exact: line_tight.
rewrite V1 // => z; apply: (sum_zero _ z ts) => u us; rewrite mulr_ge0 ?n0 //.
by move: (b1 _ us) => /List.in_map_iff[r [<- rr]]; apply: meets_ge0; exact: (good_inside C rr ql).
Qed.
(* a point at which a is 0 is made of rays where it is, or has rays on both sides *)
Lemma sides y : small n y -> inside rows y -> dot a y = 0 -> (exists2 q, List.In q rows & dot q.2 y != 0) ->
  (exists r, [/\ List.In r (rays c), dot a (ev r.1) = 0 & under y (ev r.1)]) \/
  exists p q, [/\ List.In p (rays c), List.In q (rays c), 0 < dot a (ev p.1), dot a (ev q.1) < 0 & under y (ev p.1) /\ under y (ev q.1)].
Proof.
move=> sy iy ay [q0 q0l q0y]; have [s [n0 b1 V Va T]] := made sy iy.
have [t ts] : exists2 t, List.In t s & 0 < t.1 * dot q0.2 (ev t.2).
  by apply: sum_some; rewrite -V // lt_neqAle eq_sym q0y meets_ge0 //; apply: iy.
move=> t0; have nz u : List.In u s -> u.1 != 0 -> under y (ev u.2).
  by move=> us u0 q ql qy; have /eqP := T q u ql us qy; rewrite mulf_eq0 (negbTE u0) => /eqP.
have u0 : t.1 != 0 by apply/eqP => z; rewrite z mul0r ltxx in t0.
have tp : 0 < t.1 by rewrite lt_neqAle eq_sym u0 n0.
have [r [rE rr]] : exists r, r.1 = t.2 /\ List.In r (rays c).
  by move: (b1 _ ts) => /List.in_map_iff[r [e i]]; exists r.
rewrite Va in ay; case: (ltgtP (dot a (ev t.2)) 0) => at0; last first.
- by left; exists r; rewrite rE; split=> //; exact: nz.
- right; have [u us] := @sum_other _ s _ t ay ts (mulr_gt0 tp at0).
  have u1 : u.1 != 0 -> 0 < u.1 by move=> h; rewrite lt_neqAle eq_sym h n0.
  move=> lt; have un : u.1 != 0 by apply/eqP => z; rewrite z mul0r ltxx in lt.
  have [w [wE ww]] : exists r, r.1 = u.2 /\ List.In r (rays c).
    by move: (b1 _ us) => /List.in_map_iff[w [e i]]; exists w.
  exists r, w; rewrite rE wE; split=> //; [by move: lt; rewrite pmulr_rlt0 // u1 | by split; apply: nz].
right; have ay' : \sum_(t <- s) - (t.1 * dot a (ev t.2)) = 0 by rewrite sumrN ay oppr0.
have [|u us] := @sum_other _ s _ t ay' ts; first by rewrite oppr_gt0 pmulr_rlt0.
rewrite oppr_lt0 => lt; have un : u.1 != 0 by apply/eqP => z; rewrite z mul0r ltxx in lt.
have u1 : 0 < u.1 by rewrite lt_neqAle eq_sym un n0.
have [w [wE ww]] : exists r, r.1 = u.2 /\ List.In r (rays c).
  by move: (b1 _ us) => /List.in_map_iff[w [e i]]; exists w.
by exists w, r; rewrite rE wE; split=> //; [move: lt; rewrite pmulr_rgt0 | split; apply: nz].
Qed.

Lemma covers_map (T : Type) (k : seq T) (f g h : pred T) : covers (map f k) (map g k) (map h k) <->
  forall q, List.In q k -> f q -> g q -> h q.
Proof.
elim: k => [|q k IH] //=; split=> [/andP[e /IH H] r [<-|/H //]|H].
  by move=> fq gq; move: e; rewrite fq gq.
apply/andP; split; last by apply/IH => r rk; apply: H; right.
by have := H q (or_introl erefl); case: (f q) (g q) => [] [] //= ->.
Qed.

Lemma covers_not (T : Type) (k : seq T) (f h : pred T) : ~~ covers (map f k) (map f k) (map h k) ->
  exists2 q, List.In q k & f q && ~~ h q.
Proof.
elim: k => [|q k IH] //=; rewrite andbb negb_and => /orP[|/IH[r rk H]]; last by exists r => //; right.
by rewrite negb_or negbK => H; exists q => //; left.
Qed.

(* from a pair to a face of less dimension *)
Lemma go_on (s o r : ray) (g : R) : List.In s (rays c) -> List.In o (rays c) -> List.In r (rays c) ->
  0 < g * dot a (ev s.1) -> 0 < g * dot a (ev r.1) -> g * dot a (ev o.1) < 0 ->
  covers s.2 o.2 r.2 -> ~~ covers s.2 s.2 r.2 -> ~~ covers r.2 r.2 s.2 ->
  exists w, [/\ small n w /\ inside rows w, dot a w = 0,
    forall q, List.In q rows -> dot q.2 (ev s.1) = 0 -> dot q.2 (ev o.1) = 0 -> dot q.2 w = 0,
    exists2 q, List.In q rows & dot q.2 w = 0 /\ ~ (dot q.2 (ev s.1) = 0 /\ dot q.2 (ev o.1) = 0)
  & exists2 q, List.In q rows & dot q.2 w != 0].
Proof.
move=> sc oc rc sa ra oa; rewrite (good_tight C sc) (good_tight C oc) (good_tight C rc).
move=> /covers_map cov /covers_not n1 /covers_not n2.
have [al alE] : exists x, x = - (g * dot a (ev o.1)) by eexists.
have [be beE] : exists x, x = g * dot a (ev s.1) by eexists.
have [be' beE'] : exists x, x = g * dot a (ev r.1) by eexists.
have al0 : 0 < al by rewrite alE oppr_gt0.
rewrite -beE in sa; rewrite -beE' in ra.
have S q : List.In q rows -> [/\ 0 <= dot q.2 (ev s.1), 0 <= dot q.2 (ev o.1) & 0 <= dot q.2 (ev r.1)].
  by move=> ql; split; apply: meets_ge0; [exact: (good_inside C sc ql) | exact: (good_inside C oc ql) | exact: (good_inside C rc ql)].
pose w i := al * ev s.1 i + be * ev o.1 i; pose u i := al * ev r.1 i + be' * ev o.1 i.
have W q : dot q w = al * dot q (ev s.1) + be * dot q (ev o.1) by exact: dot_lin.
have U q : dot q u = al * dot q (ev r.1) + be' * dot q (ev o.1) by exact: dot_lin.
have Wz q : List.In q rows -> dot q.2 w = 0 -> dot q.2 (ev s.1) = 0 /\ dot q.2 (ev o.1) = 0.
  move=> ql; have [s0 o0 _] := S q ql; rewrite W => /eqP; rewrite paddr_eq0 ?mulr_ge0 ?(ltW al0) ?(ltW sa) //.
  by rewrite mulf_eq0 (gt_eqF al0) mulf_eq0 (gt_eqF sa) /= => /andP[/eqP-> /eqP->].
have [||t [t0 ge [q1 q1l [q1w q1e]]]] := @ratio _ rows (fun q => dot q.2 w) (fun q => dot q.2 u).
- move=> q ql; have [s0 o0 r0] := S q ql; split; rewrite ?W ?U ?addr_ge0 ?mulr_ge0 ?(ltW al0) ?(ltW sa) ?(ltW ra) //.
  rewrite -W -U => /(Wz _ ql)[sz oz]; have := cov q ql; rewrite /tight_at sz oz eqxx => /(_ isT isT)/eqP rz.
  by rewrite U rz oz !mulr0 addr0.
- have [q ql r0] := slack rc; exists q => //; have [_ o0 _] := S q ql; rewrite U.
  by rewrite ltr_paddr ?mulr_gt0 // mulr_ge0 // ltW.
pose w' i := 1 * w i + (- t) * u i.
have W' q : dot q w' = dot q w - t * dot q u by rewrite dot_lin mul1r mulNr.
exists w'; split.
- split; first by apply: small_lin; apply: small_lin; exact: (good_small C).
  move=> q ql; rewrite /meets_row W'; case: ifP => [e|_]; last exact: ge.
  have z r1 : List.In r1 (rays c) -> dot q.2 (ev r1.1) = 0 by move=> /(good_inside C)/(_ q ql); rewrite /meets_row e.
  by rewrite W U !z // !mulr0 addr0 mulr0 subr0.
- by rewrite W' W U alE beE beE'; ring.
- move=> q ql s0 o0; have := cov q ql; rewrite /tight_at s0 o0 eqxx => /(_ isT isT)/eqP r0.
  by rewrite W' W U s0 o0 r0 !mulr0 !addr0 mulr0 subr0.
- exists q1 => //; split; first by rewrite W'.
  by case=> s0 o0; move: q1w; rewrite W s0 o0 !mulr0 addr0 ltxx.
have [z|] := boolP (all (fun q => dot q.2 w' == 0) rows); last first.
  rewrite -has_predC => h; exact: has_In h.
exfalso; pose de := be - t * be'.
have E q : List.In q rows -> al * dot q.2 (ev s.1) + de * dot q.2 (ev o.1) = t * al * dot q.2 (ev r.1).
  move=> ql; have /eqP := In_all z ql; rewrite W' W U => /eqP; rewrite subr_eq0 => /eqP h.
  by apply/eqP; rewrite -subr_eq0; move/eqP: h; rewrite -subr_eq0 /de => /eqP h; apply/eqP; rewrite -[RHS]h; ring.
have [d0|d0] := leP 0 de.
  have [q ql /andP[/eqP r0 s0]] := n2; have [sp op _] := S q ql; have := E q ql; rewrite r0 mulr0 => /eqP.
  by rewrite paddr_eq0 ?mulr_ge0 ?(ltW al0) // mulf_eq0 (gt_eqF al0) /= => /andP[s1 _]; move: s0; rewrite /tight_at s1.
have [q ql /andP[/eqP s0 r0]] := n1; have [_ op rp] := S q ql; have := E q ql; rewrite s0 mulr0 add0r => h.
have : 0 < t * al * dot q.2 (ev r.1) by rewrite !mulr_gt0 // lt_neqAle eq_sym r0.
by rewrite -h ltNge mulr_le0_ge0 // ltW.
Qed.

Lemma bothE (T : Type) (k : seq T) (f g : pred T) : both (map f k) (map g k) = map (fun q => f q && g q) k.
Proof. by elim: k => //= q k ->. Qed.
Lemma pair_there y : small n y -> inside rows y -> dot a y = 0 -> (exists2 q, List.In q rows & dot q.2 y != 0) ->
  (forall r, List.In r (rays c) -> dot a (ev r.1) = 0 -> under y (ev r.1) -> False) ->
  exists p q, [/\ List.In p (rays c), List.In q (rays c), 0 < dot a (ev p.1), dot a (ev q.1) < 0
    & adjacent (rays c) p q /\ (under y (ev p.1) /\ under y (ev q.1))].
Proof.
have [m] := ubnP (count (fun q : bool * vec => dot q.2 y != 0) rows); elim: m y => // m IH y /ltnSE less sy iy ay ny none.
have [[r [rc r0 ur]]|[p [q [pc qc p0 q0 [up_ uq]]]]] := sides sy iy ay ny; first by case: (none r).
have [ad|] := boolP (adjacent (rays c) p q); first by exists p, q.
rewrite negbK => /has_In[r rc /andP[/andP[/andP[/andP[cv n1] n2] n3] n4]].
have ur : under y (ev r.1).
  move: cv; rewrite (good_tight C pc) (good_tight C qc) (good_tight C rc) => /covers_map cv k kl ky.
  by have := cv k kl; rewrite /tight_at up_ // uq // eqxx => /(_ isT isT)/eqP.
have next w : small n w /\ inside rows w -> dot a w = 0 ->
    (forall k, List.In k rows -> dot k.2 (ev p.1) = 0 -> dot k.2 (ev q.1) = 0 -> dot k.2 w = 0) ->
    (exists2 k, List.In k rows & dot k.2 w = 0 /\ ~ (dot k.2 (ev p.1) = 0 /\ dot k.2 (ev q.1) = 0)) ->
    (exists2 k, List.In k rows & dot k.2 w != 0) ->
    exists p q, [/\ List.In p (rays c), List.In q (rays c), 0 < dot a (ev p.1), dot a (ev q.1) < 0
    & adjacent (rays c) p q /\ (under y (ev p.1) /\ under y (ev q.1))].
  move=> [sw iw] aw cw [k kl [kw knot]] nw.
  have uw : under y w by move=> i il iy0; apply: cw => //; [apply: up_ | apply: uq].
  have lt : leq (count (fun q : bool * vec => dot q.2 w != 0) rows).+1 m.
    apply: leq_trans less; apply: count_less => [i il|]; first by apply: contra => /eqP/(uw _ il)->.
    exists k => //; rewrite kw eqxx andbT; apply/eqP => ky; apply: knot; split; [exact: up_ | exact: uq].
  have none' i : List.In i (rays c) -> dot a (ev i.1) = 0 -> under w (ev i.1) -> False.
    by move=> ic i0 ui; apply: (none i) => // j jl jy; apply: ui => //; apply: uw.
  have [p' [q' [p'c q'c p'0 q'0 [ad [up' uq']]]]] := IH w lt sw iw aw nw none'.
  by exists p', q'; split=> //; split=> //; split=> j jl jy; [apply: up' | apply: uq'] => //; apply: uw.
have cv' : covers q.2 p.2 r.2.
  move: cv; rewrite (good_tight C pc) (good_tight C qc) (good_tight C rc) => /covers_map cv.
  by apply/covers_map => k kl kq kp; apply: cv.
case: (ltgtP (dot a (ev r.1)) 0) => r0; last by case: (none r).
- have [||| w [A B D [k kl [kw kn]] F]] := @go_on q p r (-1) qc pc rc _ _ _ cv' n2 n4; rewrite ?mulN1r ?oppr_gt0 ?oppr_lt0 //.
  by apply: (next w A B _ _ F) => [k' k'l kp kq|]; [apply: D | exists k => //; split=> // -[? ?]; apply: kn].
have [||| w [A B D E F]] := @go_on p q r 1 pc qc rc _ _ _ cv n1 n3; rewrite ?mul1r //.
exact: (next w A B D E F).
Qed.

Lemma meets_in (k : seq ray) ps qs r : List.In r (meets_of k ps qs) <->
  exists p q, [/\ List.In p ps, List.In q qs, adjacent k p.2 q.2 & r = meet p q].
Proof.
rewrite /meets_of; have inner p acc : List.In r (foldl (fun acc q => if adjacent k p.2 q.2 then meet p q :: acc else acc) acc qs) <->
    List.In r acc \/ exists q, [/\ List.In q qs, adjacent k p.2 q.2 & r = meet p q].
  elim: qs acc => [|q qs IH] acc /=; first by split=> [|[//|[q []]]] //; left.
  rewrite IH; case: ifP => ad; split=> [[|[q' [i j e]]]|[i|[q' [[<-|i] j e]]]].
  - by case=> [<-|]; [right; exists q; split=> //; left | left].
  - by right; exists q'; split=> //; right.
  - by left; right.
  - by left; left.
  - by right; exists q'.
  - by left.
  - by right; exists q'; split=> //; right.
  - by left.
  - by rewrite ad in j.
  - by right; exists q'.
have outer acc : List.In r (foldl (fun acc p => foldl (fun acc q => if adjacent k p.2 q.2 then meet p q :: acc else acc) acc qs) acc ps) <->
    List.In r acc \/ exists p q, [/\ List.In p ps, List.In q qs, adjacent k p.2 q.2 & r = meet p q].
  elim: ps acc => [|p ps IH] acc /=; first by split=> [|[//|[p [q []]]]] //; left.
  rewrite IH inner; split=> [[[i|[q [i j e]]]|[p' [q [i i' j e]]]]|[i|[p' [q [[<-|i] i' j e]]]]].
  - by left.
  - by right; exists p, q; split=> //; left.
  - by right; exists p', q; split=> //; right.
  - by left; left.
  - by left; right; exists q.
  - by right; exists p', q.
by rewrite outer; split=> [[//|]|]; [|right].
Qed.

Lemma in_up p : List.In p up <-> [/\ List.In p.2 (rays c), p.1 = vdot a p.2.1 & 0 < dot a (ev p.2.1)].
Proof.
case: p => v r /=; split=> [h|[i -> h]].
  by have [/in_l[i ->] /zpos_gt0] := filter_In h; rewrite /= vdotE.
apply: In_filter; first exact/in_l.
by rewrite -vdotE in h; case: (vdot a r.1) h => [|//|q] /=; rewrite ?ltxx // oppr_gt0 ltNge ler0n.
Qed.
Lemma in_down p : List.In p down <-> [/\ List.In p.2 (rays c), p.1 = vdot a p.2.1 & dot a (ev p.2.1) < 0].
Proof.
case: p => v r /=; split=> [h|[i -> h]].
  by have [/in_l[i ->] /zneg_lt0] := filter_In h; rewrite /= vdotE.
apply: In_filter; first exact/in_l.
by rewrite -vdotE in h; case: (vdot a r.1) h => [|q|//] /=; rewrite ?ltxx // ltNge ler0n.
Qed.
Lemma in_keep r : List.In r keep <-> exists r0, [/\ List.In r0 (rays c), r = (r0.1, (dot a (ev r0.1) == 0) :: r0.2),
  0 <= dot a (ev r0.1) & equation -> dot a (ev r0.1) = 0].
Proof.
have Z v : (if v is Z0 then true else false) = (zv v == 0).
  by case: v => [|p|p] /=; rewrite ?eqxx // ?oppr_eq0 gt_eqF // -/(zv (Zpos p)) zval_pos_gt0.
have N v : ~~ zneg v = (0 <= zv v).
  by case: v => [|p|p] /=; rewrite ?lexx // ?ler0n // oppr_ge0 leNgt -/(zv (Zpos p)) zval_pos_gt0.
split=> [/List.in_map_iff[[v r0] [<- h]]|[r0 [i -> nn ne]]].
  have [/in_l[i /= ->] /andP[/= nn ne]] := filter_In h; exists r0; split=> //=; first by rewrite Z vdotE.
    by rewrite N vdotE in nn.
  move=> e; rewrite e /= in nn ne; rewrite -vdotE.
  by case: (vdot a r0.1) nn ne.
apply/List.in_map_iff; exists (vdot a r0.1, r0); split; first by rewrite /= Z vdotE.
apply: In_filter; first exact/in_l.
rewrite N vdotE nn; case: (equation) ne => //= /(_ isT); rewrite -vdotE => z.
by apply/negP => /zpos_gt0; rewrite z ltxx.
Qed.
Lemma meet_value p q : List.In p up -> List.In q down ->
  exists x y : R, [/\ 0 < x, 0 < y & forall b, dot b (ev (meet p q).1) = x * dot b (ev q.2.1) + y * dot b (ev p.2.1)] /\
  (dot a (ev (meet p q).1) = 0 /\ small n (ev (meet p q).1)).
Proof.
move=> /in_up[pc pv p0] /in_down[qc qv q0].
have [k k0 E] := primitive_along (vcomb p.1 q.2.1 (Z.opp q.1) p.2.1).
have E' i : ev (meet p q).1 i = (k * dot a (ev p.2.1)) * ev q.2.1 i + (k * - dot a (ev q.2.1)) * ev p.2.1 i.
  by rewrite /= E vcombE zvalN pv qv !vdotE; ring.
exists (k * dot a (ev p.2.1)), (k * - dot a (ev q.2.1)); split; first split.
- by rewrite mulr_gt0.
- by rewrite mulr_gt0 // oppr_gt0.
- by move=> b; rewrite (dot_ext _ E') dot_lin.
split; first by rewrite (dot_ext _ E') dot_lin; ring.
apply: small_ext (fun i => esym (E' i)) _.
exact: (small_lin _ _ (good_small C qc) (good_small C pc)).
Qed.

(* some ray is tight wherever y is *)
Lemma reach y : small n y -> inside (row :: rows) y -> (exists2 q, List.In q (row :: rows) & dot q.2 y != 0) ->
  exists r, [/\ List.In r (keep ++ between_rays), inside (row :: rows) (ev r.1), small n (ev r.1),
    forall q, List.In q (row :: rows) -> dot q.2 y = 0 -> dot q.2 (ev r.1) = 0
  & exists2 q, List.In q (row :: rows) & 0 < dot q.2 (ev r.1)].
Proof.
move=> sy iy nz; have iy' : inside rows y by move=> q ql; apply: iy; right.
have kept r : List.In r (rays c) -> 0 <= dot a (ev r.1) -> (equation -> dot a (ev r.1) = 0) -> under y (ev r.1) ->
    (dot a y = 0 -> dot a (ev r.1) = 0) -> exists r, [/\ List.In r (keep ++ between_rays), inside (row :: rows) (ev r.1), small n (ev r.1),
    forall q, List.In q (row :: rows) -> dot q.2 y = 0 -> dot q.2 (ev r.1) = 0
  & exists2 q, List.In q (row :: rows) & 0 < dot q.2 (ev r.1)].
  move=> rc r0 re ur ra; exists (r.1, (dot a (ev r.1) == 0) :: r.2); split=> /=.
  - by apply/List.in_app_iff; left; apply/in_keep; exists r.
  - move=> q [<-|ql]; last exact: (good_inside C rc ql).
    by rewrite /meets_row /=; case: ifP => // e; apply: re.
  - exact: (good_small C rc).
  - by move=> q [<-|ql] // qy; apply: ur.
  by have [q ql h] := slack rc; exists q => //; right.
have a0 := meets_ge0 (iy row (or_introl erefl)); rewrite /= in a0.
case: (eqVneq (dot a y) 0) => [ay|ay]; last first.
  have ap : 0 < dot a y by rewrite lt_neqAle eq_sym ay.
  have ne : ~~ equation by apply/negP => e; move: (iy row (or_introl erefl)) ay; rewrite /meets_row /= e => ->; rewrite eqxx.
  have [s [n0 b1 V Va T]] := made sy iy'; rewrite Va in ap; have [t ts t0] := sum_some ap.
  have t1 : t.1 != 0 by apply/eqP => z; rewrite z mul0r ltxx in t0.
  have tp : 0 < t.1 by rewrite lt_neqAle eq_sym t1 n0.
  have [r [rE rr]] : exists r, r.1 = t.2 /\ List.In r (rays c).
    by move: (b1 _ ts) => /List.in_map_iff[r [e i]]; exists r.
  rewrite -rE pmulr_rgt0 // in t0; apply: (kept r) => //; first exact: ltW.
  - by move: ne => /negbTE ->.
  - by move=> q ql qy; have /eqP := T q t ql ts qy; rewrite mulf_eq0 (negbTE t1) rE => /eqP.
  by move=> z; rewrite z eqxx in ay.
have ny : exists2 q, List.In q rows & dot q.2 y != 0.
  by case: nz => q [<-|ql] h; [rewrite ay eqxx in h | exists q].
have [h|none] : (exists r, [/\ List.In r (rays c), dot a (ev r.1) = 0 & under y (ev r.1)]) \/
    (forall r, List.In r (rays c) -> dot a (ev r.1) = 0 -> under y (ev r.1) -> False).
- pose P (r : ray) := (dot a (ev r.1) == 0) && all (fun q : bool * vec => (dot q.2 y != 0) || (dot q.2 (ev r.1) == 0)) rows.
  have [/has_In[r rc /andP[/eqP r0 A]]|no] := boolP (has P (rays c)).
    left; exists r; split=> // q ql /eqP qy; have := In_all A ql; rewrite qy /= => /eqP.
    exact.
  right=> r rc r0 ur; move: no => /negP; apply; apply: (In_has rc); rewrite /P r0 eqxx /=.
  by apply: all_In => q ql; have [|] := boolP (dot q.2 y == 0) => // /eqP qy; rewrite ur ?eqxx.
- by have [r [rc r0 ur]] := h; apply: (kept r) => //; rewrite r0.
have [p [q [pc qc p0 q0 [ad [up_ uq]]]]] := pair_there sy iy' ay ny none.
have ip : List.In (vdot a p.1, p) up by apply/in_up.
have iq : List.In (vdot a q.1, q) down by apply/in_down.
have [x [z [[x0 z0 M] [ma ms]]]] := meet_value ip iq.
exists (meet (vdot a p.1, p) (vdot a q.1, q)); split=> //.
- by apply/List.in_app_iff; right; apply/meets_in; exists (vdot a p.1, p), (vdot a q.1, q).
- move=> k [<-|kl]; first by rewrite /meets_row ma lexx; case: ifP.
  have := good_inside C pc kl; have := good_inside C qc kl; rewrite /meets_row M; case: ifP => _ => [-> ->|h1 h2].
    by rewrite !mulr0 addr0.
  by rewrite addr_ge0 // mulr_ge0 // ltW.
- by move=> k [<-|kl] ky //; rewrite M (up_ k kl ky) (uq k kl ky) !mulr0 addr0.
have [k kl k0] := slack pc; exists k; first by right.
by rewrite M /= ltr_paddl ?mulr_gt0 // mulr_ge0 ?(ltW x0) // meets_ge0 //; exact: (good_inside C qc kl).
Qed.

Lemma insert_tight : good n (row :: rows) (Cone (lines c) (keep ++ between_rays) (true :: passed c)).
Proof.
have B r : List.In r between_rays -> [/\ inside (row :: rows) (ev r.1), r.2 = map (tight_at r.1) (row :: rows) & small n (ev r.1)].
  move=> /meets_in[p [q [ip iq ad ->]]]; have [x [z [[x0 z0 M] [ma ms]]]] := meet_value ip iq.
  have [[pc _ _] [qc _ _]] := ((in_up p).1 ip, (in_down q).1 iq); split=> //.
    move=> k [<-|kl]; first by rewrite /meets_row ma lexx; case: ifP.
    have := good_inside C pc kl; have := good_inside C qc kl; rewrite /meets_row M; case: ifP => _ => [-> ->|h1 h2].
      by rewrite !mulr0 addr0.
    by rewrite addr_ge0 // mulr_ge0 // ltW.
  rewrite /= {1}/tight_at -/(meet p q).1 ma eqxx (good_tight C pc) (good_tight C qc) bothE; congr (_ :: _).
  have P k : List.In k rows -> 0 <= dot k.2 (ev p.2.1) /\ 0 <= dot k.2 (ev q.2.1).
    by move=> kl; split; apply: meets_ge0; [exact: (good_inside C pc kl) | exact: (good_inside C qc kl)].
  elim: (rows) P => //= k j IH P; rewrite IH => [|i ij]; last by apply: P; right.
  congr (_ :: _); rewrite /tight_at M; have [a1 a2] := P k (or_introl erefl).
  by rewrite paddr_eq0 ?mulr_ge0 ?(ltW x0) ?(ltW z0) // !mulf_eq0 (gt_eqF x0) (gt_eqF z0) /= andbC.
have K r : List.In r keep -> [/\ inside (row :: rows) (ev r.1), r.2 = map (tight_at r.1) (row :: rows) & small n (ev r.1)].
  move=> /in_keep[r0 [rc -> nn ne]]; split=> /=; [|by rewrite (good_tight C rc)|exact: (good_small C rc)].
  move=> q [<-|ql]; last exact: (good_inside C rc ql).
  by rewrite /meets_row /=; case: ifP => // e; apply: ne.
have A r : List.In r (keep ++ between_rays) -> [/\ inside (row :: rows) (ev r.1), r.2 = map (tight_at r.1) (row :: rows) & small n (ev r.1)].
  by move=> /List.in_app_iff[/K|/B].
split=> /= [r /A[]//|r /A[]//|h q hl [<-|ql]||r /A[]//|h|y sy iy].
- exact: line_tight.
- exact: (good_lines C hl ql).
- by rewrite (good_passed C).
- exact: (good_small_lines C).
have [m] := ubnP (count (fun q : bool * vec => dot q.2 y != 0) (row :: rows)); elim: m y sy iy => // m IH y sy iy /ltnSE less.
have [z|nz] := boolP (all (fun q : bool * vec => dot q.2 y == 0) (row :: rows)).
  have iy' : inside rows y by move=> q ql; apply: iy; right.
  have [s [k [n0 b1 b2 E]]] := good_spans C sy iy'.
  have V q : List.In q rows -> dot q.2 y = \sum_(t <- s) t.1 * dot q.2 (ev t.2).
    move=> ql; rewrite (@dot_ext q.2 y (fun i => 1 * comb s i + 1 * comb k i)) => [|i]; last by rewrite !mul1r E.
    rewrite dot_lin !dot_comb !mul1r [X in _ + X](_ : _ = 0) ?addr0 //.
    elim: k b2 {E} => [|h j IHk] H; rewrite ?big_nil // big_cons (good_lines C (H h (or_introl erefl)) ql) mulr0 add0r.
    by apply: IHk => r rk; apply: H; right.
  have s0 t : List.In t s -> t.1 = 0.
    move=> ts; move: (b1 _ ts) => /List.in_map_iff[r [re rr]]; have [q ql q0] := slack rr.
    have qy : dot q.2 y = 0 by have /andP[_ zz] := z; apply/eqP; exact: (In_all zz ql).
    have nn u : List.In u s -> 0 <= u.1 * dot q.2 (ev u.2).
      move=> us; rewrite mulr_ge0 ?n0 //; move: (b1 _ us) => /List.in_map_iff[r' [<- r'r]].
      by apply: meets_ge0; exact: (good_inside C r'r ql).
    rewrite V // in qy; have /eqP := sum_zero nn qy ts.
    by rewrite -re mulf_eq0 (gt_eqF q0) orbF => /eqP.
  apply: (spans_ext (y := comb k)) => [i|].
    rewrite E /comb (_ : \sum_(q <- s) _ = 0) ?add0r //.
    elim: (s) s0 => [|t j IHs] H; rewrite ?big_nil // big_cons (H t (or_introl erefl)) mul0r add0r IHs // => u uj.
    by apply: H; right.
  by exists nil, k; split=> // i; rewrite {2}/comb big_nil add0r.
have nz' : exists2 q, List.In q (row :: rows) & dot q.2 y != 0 by apply: has_In; rewrite -has_predC in nz.
have [r [rk ir sr ur some]] := reach sy iy nz'.
have [||t [t0 ge [q1 q1l [q1y q1e]]]] := @ratio _ (row :: rows) (fun q => dot q.2 y) (fun q => dot q.2 (ev r.1)).
- move=> q ql; split; [exact: meets_ge0 (iy q ql) | exact: meets_ge0 (ir q ql) | exact: ur].
- exact: some.
pose y' i := 1 * y i + (- t) * ev r.1 i.
have Y q : dot q y' = dot q y - t * dot q (ev r.1) by rewrite dot_lin mul1r mulNr.
apply: (spans_ext (y := fun i => t * ev r.1 i + y' i)) => [i|]; first by rewrite /y'; ring.
apply: spans_add; first exact: ltW.
  by apply: spans_ray; apply/List.in_map_iff; exists r.
apply: IH; first exact: small_lin.
  move=> q ql; rewrite /meets_row Y; case: ifP => [e|_]; last exact: ge.
  have := iy q ql; rewrite /meets_row e => qy; by rewrite (ur q ql qy) qy mulr0 subr0.
apply: leq_trans less; apply: count_less => [q ql|].
  by apply: contra => /eqP qy; rewrite Y (ur q ql qy) qy mulr0 subr0.
by exists q1 => //; rewrite Y q1e eqxx andbT gt_eqF.
Qed.
End Insert.

Lemma insert_good n rows c row c' : good n rows c -> insert c row = Some c' -> good n (row :: rows) c'.
Proof.
case: row => e a C; rewrite /insert; case P: (pull a (lines c)) => [[[p x] l]|].
  by move=> [<-]; exact: (insert_line C e P).
by case: ifP => // /negbFE s [<-]; exact: (insert_tight C e P s).
Qed.
Lemma insert_all_good n done rows c c' : good n done c -> insert_all c rows = Some c' -> good n (catrev rows done) c'.
Proof.
elim: rows done c => [|row rows IH] done c C /=; first by case=> <-.
by case E: (insert c row) => [c1|] // /IH; apply; exact: insert_good C E.
Qed.
Lemma unit_vectorE n k i : ev (unit_vector n k) i = (i == k)%:R.
Proof.
rewrite /ev /unit_vector nth_ncons; case: ltnP => [lt|ge]; first by rewrite ltn_eqF.
have [->|ne] := eqVneq i k; first by rewrite subnn.
by rewrite -[(i - k)%N]prednK ?subn_gt0 ?ltn_neqAle 1?eq_sym ?ne //= nth_nseq; case: ifP.
Qed.
Lemma start_good n : good n nil (Cone (map (unit_vector n) (iota 0 n)) nil nil).
Proof.
have In_iota m k j : List.In j (iota m k) -> (j < m + k)%N.
  elim: k m => //= k IH m [<-|/IH]; first by rewrite addnS ltnS leq_addr.
  by rewrite addnS.
have iota_In m k j : (m <= j < m + k)%N -> List.In j (iota m k).
  elim: k m => [|k IH] m /=; first by rewrite addn0 => /andP[a b]; have := leq_ltn_trans a b; rewrite ltnn.
  case/andP; rewrite leq_eqVlt => /orP[/eqP->|lt] le; first by left.
  by right; apply: IH; rewrite lt addSnnS.
split=> //= [h /List.in_map_iff[k [<- /In_iota kn]] i ni|y sy _].
  by rewrite unit_vectorE gtn_eqF // (leq_trans kn).
have H m k : (m + k = n)%N -> spans [::] (map (unit_vector n) (iota 0 n)) (fun i => if (i < m)%N then 0 else y i).
  elim: k m => [|k IH] m mk.
    apply: (spans_ext _ (spans0 _ _)) => i; case: ltnP => // ge; rewrite sy // -mk addn0 //.
  apply: (spans_ext (y := fun i => 1 * (y m * ev (unit_vector n m) i) + (if (i < m.+1)%N then 0 else y i))) => [i|].
    rewrite unit_vectorE mul1r ltnS; case: (ltngtP i m) => [_|_|->]; rewrite ?mulr0 ?addr0 ?add0r ?mulr1 //.
  apply: (@spans_add _ _ 1 (fun i => y m * ev (unit_vector n m) i) _ ler01); last by apply: IH; rewrite addSnnS.
  apply: spans_line; apply/List.in_map_iff; exists m; split=> //; apply: iota_In.
  by rewrite add0n -mk addnS ltnS leq_addr.
by apply: (spans_ext _ (H 0%N n _)) => // i.
Qed.
Lemma sort_In (l : seq vec) v : List.In v l -> List.In v (sort vle l).
Proof.
move=> vl; have : has (vequal v) (sort vle l).
  rewrite -[has _ _]negbK -all_predC all_sort all_predC negbK.
  exact: (In_has vl (vequal_refl v)).
by move=> /has_In[w wl /vequal_eq ->].
Qed.
Lemma catrev_In (T : Type) (k d : seq T) q : List.In q (catrev k d) -> List.In q k \/ List.In q d.
Proof. by elim: k d => [|r k IH] d /=; [right | case/IH=> [|[<-|]]; [left; right | left; left | right]]. Qed.
Lemma numbered_sum (G : seq vec) s : Among G s -> exists la : nat -> R, (Nonneg s -> forall k, 0 <= la k) /\
  forall i, comb s i = \sum_(k < size G) la k * ev (nth [::] G k) i.
Proof.
elim: s => [|q s IH] b.
  by exists (fun=> 0); split=> // i; rewrite /comb big_nil big1 // => k _; rewrite mul0r.
have [la [p E]] := IH (fun r rs => b r (or_intror rs)).
have [j jG qE] : exists2 j, (j < size G)%N & nth [::] G j = q.2.
  by elim: (G) (b q (or_introl erefl)) => //= g G' IHG [->|/IHG[j jl <-]]; [exists 0%N | exists j.+1].
exists (fun k => la k + q.1 * (k == j)%:R); split=> [nn k|i].
  rewrite addr_ge0 ?mulr_ge0 ?ler0n //; first by apply: p => r rs; apply: nn; right.
  by apply: nn; left.
rewrite comb_cons -qE E [RHS](eq_bigr (fun k : 'I_(size G) => la k * ev (nth [::] G k) i + q.1 * (val k == j)%:R * ev (nth [::] G k) i)) => [|k _]; last by rewrite mulrDl.
rewrite big_split /= addrC; congr (_ + _).
rewrite (bigD1 (Ordinal jG)) //= eqxx mulr1 big1 ?addr0 // => k kj.
by rewrite (_ : (val k == j) = false) ?mulr0 ?mul0r //; apply/negbTE.
Qed.

(* a point that meets the rows is a sum of rays and lines *)
Theorem describe_sound n rows rs ls y : describe n rows = Some (rs, ls) -> small n y -> inside rows y ->
  exists la mu : nat -> R, (forall k, 0 <= la k) /\
  forall i, y i = \sum_(k < size rs) la k * ev (nth [::] rs k) i + \sum_(k < size ls) mu k * ev (nth [::] ls k) i.
Proof.
rewrite /describe; case E: (insert_all _ rows) => [c|] // [<- <-] sy iy.
have C := insert_all_good (start_good n) E.
have iy' : inside (catrev rows [::]) y by move=> q h; case: (catrev_In h) => // ql; apply: iy.
have [s [m [n0 b1 b2 E']]] := good_spans C sy iy'.
have [la [la0 laE]] := numbered_sum (fun q qs => sort_In (b1 q qs)).
have [mu [_ muE]] := numbered_sum (fun q qs => sort_In (b2 q qs)).
exists la, mu; split; first exact: la0 n0.
by move=> i; rewrite E' laE muE.
Qed.
End Cone.
