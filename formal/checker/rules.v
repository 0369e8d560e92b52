(* rules.v -- why the rules of certificates of format 2 are sound (certificate/kernel/FORMAT.md), as
   statements about what facts mean.  A point gives every symbol a value; a fact is a relation and the
   value of its polynomial at a point; a judgement says that where facts hold a goal holds.  What is not
   here: that a program follows these rules, and anything about bytes. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum ring.
Require Import multidraft optimum checker farkas.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Meaning.
Variables (R : realFieldType) (V : Type).               (* V: the symbols *)
Definition point := V -> R.
Definition truth (r : rel) (v : R) : Prop := match r with Ge => 0 <= v | Gt => 0 < v | Eq => v = 0 end.
Definition meaning : Type := rel * (point -> R).
Definition true_at (e : point) (f : meaning) := truth f.1 (f.2 e).
Definition all_true (F : seq meaning) (e : point) := foldr (fun f P => true_at e f /\ P) True F.
End Meaning.

(* ---- combine: (prod by) g = sum NUM prod REF + sum POLY REF + rest ---- *)
Section Combine.
Variable R : realFieldType.
Implicit Types (ds : seq R) (products : seq (R * seq R)) (equations : seq (R * R)).
Definition by_value ds := foldr *%R 1 ds.
Definition products_value products := foldr (fun t a => t.1 * by_value t.2 + a) 0 products.
Definition equations_value equations := foldr (fun t a => t.1 * t.2 + a) 0 equations.

Lemma by_ge0 l : all (>= 0) l -> 0 <= by_value l.
Proof. by elim: l => [|x l IH] /= => [_|/andP[x0 /IH]]; rewrite ?ler01 //; apply: mulr_ge0. Qed.
Lemma by_gt0 l : all (> 0) l -> 0 < by_value l.
Proof. by elim: l => [|x l IH] /= => [_|/andP[x0 /IH]]; rewrite ?ltr01 //; apply: mulr_gt0. Qed.
Lemma products_ge0 l : all (fun t => (0 < t.1) && all (>= 0) t.2) l -> 0 <= products_value l.
Proof.
elim: l => [|t l IH] //= /andP[/andP[t0 tl] /IH s]; apply: addr_ge0 => //.
by apply: mulr_ge0; [apply: ltW | apply: by_ge0].
Qed.
Lemma equations0 l : all (fun t => t.2 == 0) l -> equations_value l = 0.
Proof. by elim: l => [|t l IH] //= /andP[/eqP-> /IH->]; rewrite mulr0 addr0. Qed.

(* all facts of by hold strictly, the facts of products as >=, those of equations as =; the rest is a
   sum of nonnegative numbers *)
Section Rule.
Variables (ds : seq R) (products : seq (R * seq R)) (equations : seq (R * R)) (rest g : R).
Hypotheses (b0 : all (> 0) ds) (p0 : all (fun t => (0 < t.1) && all (>= 0) t.2) products).
Hypotheses (e0 : all (fun t => t.2 == 0) equations).
Hypothesis identity : by_value ds * g = products_value products + equations_value equations + rest.

Theorem combine_ge : 0 <= rest -> 0 <= g.
Proof.
move=> r0; rewrite -(pmulr_rge0 _ (by_gt0 b0)) identity equations0 // addr0.
by rewrite addr_ge0 ?products_ge0.
Qed.
(* >: some product has only strict facts, or the rest is positive *)
Theorem combine_gt : 0 <= rest -> has (fun t => all (> 0) t.2) products || (0 < rest) -> 0 < g.
Proof.
move=> r0 h; rewrite -(pmulr_rgt0 _ (by_gt0 b0)) identity equations0 // addr0.
case/orP: h => [h|r1]; last by apply: ltr_paddl => //; apply: products_ge0.
apply: ltr_paddr => //; elim: products p0 h => //= t l IH /andP[/andP[t0 tl] l0] /orP[s|h].
  by apply: ltr_paddr; [apply: products_ge0 | rewrite mulr_gt0 // by_gt0].
by apply: ltr_paddl; [rewrite mulr_ge0 ?by_ge0 // ltW | apply: IH].
Qed.
Theorem combine_eq : products = [::] -> rest = 0 -> g = 0.
Proof.
move=> n r0; move: identity; rewrite n r0 equations0 //= !addr0 => /eqP.
by rewrite mulf_eq0 gt_eqF ?by_gt0 //= => /eqP.
Qed.
End Rule.
End Combine.

(* ---- define: a symbol w with the facts that are added exists, and what is shown with it holds ---- *)
Section Define.
Variable R : realFieldType.
Implicit Types a b d w : R.

Theorem define_term a : exists w, w - a = 0.
Proof. by exists a; rewrite subrr. Qed.
Theorem define_quotient a d : 0 < d -> exists w, d * w - a = 0.
Proof. by move=> d0; exists (a / d); rewrite mulrCA divff ?gt_eqF // mulr1 subrr. Qed.

(* the weaker relation of a join *)
Definition weaker (r s : rel) : rel := match r, s with Gt, Gt => Gt | Eq, Eq => Eq | _, _ => Ge end.
Lemma truth_ge r (v : R) : truth r v -> 0 <= v.
Proof. by case: r => //= [/ltW|->]. Qed.
Lemma weaker_l r s (v : R) : truth r v -> truth (weaker r s) v.
Proof. by move=> h; have := truth_ge h; case: r h => h; case: s. Qed.
Lemma weaker_r r s (v : R) : truth s v -> truth (weaker r s) v.
Proof. by move=> h; have := truth_ge h; case: s h => h; case: r. Qed.

(* min(a, b): below both, and what holds at w := a (A) and at w := b (B) holds at w *)
Theorem define_min a b : exists w, [/\ 0 <= a - w, 0 <= b - w
  & forall r s A B, truth r A -> truth s B -> A - B = a - b -> truth (weaker r s) (B + w - b)].
Proof.
exists (Num.min a b); split; rewrite ?subr_ge0 ?le_minl ?lexx ?orbT //.
move=> r s A B hA hB E.
have EA : B + a - b = A by rewrite -addrA -E addrC subrK.
have EB : B + b - b = B by rewrite addrK.
have W : B + Num.min a b - b = A \/ B + Num.min a b - b = B by case: (leP a b) => _; [left | right].
by case: W => ->; [apply: weaker_l | apply: weaker_r].
Qed.

(* an exponential over any E > 0 with its tangent *)
Theorem define_exp (E : R -> R) a : (forall t, 0 < E t) -> (forall t, 1 + t <= E t) ->
  exists w, 0 < w /\ 0 <= w - 1 - a.
Proof. by move=> E0 E1; exists (E a); split=> //; rewrite -addrA -opprD subr_ge0. Qed.
End Define.
(* roots exist over real closed fields *)
Theorem define_root (F : rcfType) (a : F) : 0 <= a -> exists w, 0 <= w /\ w ^+ 2 - a = 0.
Proof. by move=> a0; exists (Num.sqrt a); rewrite sqrtr_ge0 sqr_sqrtr // subrr. Qed.

(* ---- split ---- *)
Theorem split_rule (R : realFieldType) (V : Type) (p : point R V -> R) (F : seq (meaning R V)) (G : point R V -> Prop) :
  (forall e, all_true ((Ge, p) :: F) e -> G e) -> (forall e, all_true ((Gt, fun e => - p e) :: F) e -> G e) ->
  forall e, all_true F e -> G e.
Proof.
move=> H0 H1 e Fe; have [p0|p0] := leP 0 (p e); first by apply: H0.
by apply: H1; split=> //; rewrite /true_at /= oppr_gt0.
Qed.

(* ---- sort ---- *)
Section Lists.
Variable R : realFieldType.
Implicit Types (s t : seq R) (Q : seq R -> Prop).
Definition exchange s := if s is x :: y :: s' then y :: x :: s' else s.
(* sorted downwards *)
Definition down := sorted (fun x y : R => y <= x).

Fixpoint insert x s : seq R := if s is y :: s' then if y <= x then x :: s else y :: insert x s' else [:: x].
Lemma insert_down x s : down s -> down (insert x s).
Proof.
rewrite /down; elim: s => // y s IH; rewrite [insert _ _]/=; have [yx|xy] := leP y x; first by rewrite /= yx.
move=> ys; have {IH} := IH (path_sorted ys).
by case: s ys => [|z s] /=; [rewrite (ltW xy)|case: (leP z x) => _ /= /andP[zy _] ->; rewrite ?zy ?(ltW xy)].
Qed.

(* rotation by one and exchange of the first two reach the sorted list *)
Variable Q : seq R -> Prop.
Hypotheses (rotQ : forall s, Q (rot 1 s) -> Q s) (exchangeQ : forall s, Q (exchange s) -> Q s).
Lemma rot_n n s : Q (rot n s) -> Q s.
Proof.
elim: n s => [|n IH] s; first by rewrite rot0.
have [lt|ge] := ltnP n (size s); last by rewrite rot_oversize // ltnW // ltnS.
by rewrite -addn1 addnC rotD ?add1n // => /rotQ /IH.
Qed.
Lemma rot_back n s : Q s -> Q (rot n s).
Proof. by move=> q; apply: (@rot_n (size (rot n s) - n)); rewrite -/(rotr n _) rotK. Qed.
Lemma adjacent a x y b : Q (a ++ y :: x :: b) -> Q (a ++ x :: y :: b).
Proof.
move=> q; apply: (@rot_n (size a)); rewrite rot_size_cat.
by apply: exchangeQ => /=; have := rot_back (size a) q; rewrite rot_size_cat.
Qed.
Lemma insertQ a x s : Q (a ++ insert x s) -> Q (a ++ x :: s).
Proof.
elim: s a => [//|y s IH] a /=; case: ifP => // _ q.
by apply: adjacent; rewrite -cat_rcons; apply: IH; rewrite cat_rcons.
Qed.
Lemma sortQ a s : (forall t, down t -> size t = size s -> Q (a ++ t)) -> Q (a ++ s).
Proof.
elim: s a => [|x s IH] a H; first exact: H.
rewrite -cat_rcons; apply: IH => t dt st; rewrite cat_rcons; apply: insertQ; apply: H.
  exact: insert_down.
by rewrite /= -st; elim: (t) => //= y l e; case: ifP => //= _; rewrite e.
Qed.
End Lists.

Section Sort.
Variables (R : realFieldType) (V : eqType) (F : seq (meaning R V)) (G : point R V -> Prop).
(* tau and c are products of generators of the symmetry: they map facts to facts, and the goal to itself *)
Variables (tau c : V -> V) (x : seq V).
Definition moves (p : V -> V) (f f' : meaning R V) := f'.1 = f.1 /\ forall e, f'.2 e = f.2 (e \o p).
Definition symmetric (p : V -> V) :=
  (forall e, all_true F e -> all_true F (e \o p)) /\ forall e, G (e \o p) -> G e.
Hypotheses (st : symmetric tau) (sc : symmetric c).
Hypotheses (tau_x : map tau x = (if x is a :: b :: l then b :: a :: l else x)) (c_x : map c x = rot 1 x).

(* if the goal holds wherever the facts hold and x_1 >= x_2 >= ... >= x_m, it holds wherever they hold *)
Theorem sort_rule : (forall e, all_true F e -> down (map e x) -> G e) -> forall e, all_true F e -> G e.
Proof.
move=> H e Fe; pose Q s := forall e, map e x = s -> all_true F e -> G e.
suff q : Q (map e x) by apply: (q e).
rewrite -[map e x]cat0s; apply: sortQ => [s qs e' E F'|s qs e' E F'|t dt _ e' E F'].
- by apply: sc.2; apply: qs (sc.1 _ F'); rewrite map_comp c_x map_rot E.
- apply: st.2; apply: qs (st.1 _ F'); rewrite map_comp tau_x -E.
  by case: (x) => [|a [|b l]].
- by apply: H => //; rewrite E.
Qed.
End Sort.

(* facts are mapped to facts: every fact, moved, is in the list *)
Theorem generator (R : realFieldType) (V : eqType) (F : seq (meaning R V)) (p : V -> V) :
  (forall k, (k < size F)%N -> exists2 j, (j < size F)%N
     & moves p (nth (Ge, fun=> 0) F k) (nth (Ge, fun=> 0) F j)) ->
  forall e, all_true F e -> all_true F (e \o p).
Proof.
have A (L : seq (meaning R V)) e :
    all_true L e <-> forall k, (k < size L)%N -> true_at e (nth (Ge, fun=> 0) L k).
  elim: L => [|f L IH] /=; first by split.
  split=> [[fe /IH Le] [|k] //|H]; first exact: Le.
  by split; [apply: (H 0%N) | apply/IH => k; apply: (H k.+1)].
move=> H e /A Fe; apply/A => k kF; have [j jF [r E]] := H k kF.
by have := Fe j jF; rewrite /true_at r E.
Qed.

(* ---- invariant: induction on the number of times ---- *)
Inductive runs (S Z : Type) (ok : S -> Z -> Prop) (update : S -> Z -> S) (s0 : S) : S -> Prop :=
  | Start : runs ok update s0 s0
  | Again s z : runs ok update s0 s -> ok s z -> runs ok update s0 (update s z).
Theorem invariant_rule (S Z : Type) (ok : S -> Z -> Prop) (update : S -> Z -> S) (Inv : S -> Prop) s0 :
  Inv s0 -> (forall s z, Inv s -> ok s z -> Inv (update s z)) -> forall s, runs ok update s0 s -> Inv s.
Proof. by move=> i0 step s; elim=> // {}s z _ IH o; apply: step. Qed.

(* ---- dualise: Farkas' lemma, and Motzkin's for strict facts ---- *)
Section Dualise.
Variables (R : realFieldType) (I J : finType).

Lemma farkas_fin (A : J -> I -> R) (g : I -> R) :
  (exists u : J -> R, (forall j, 0 <= u j) /\ forall i, g i = \sum_j u j * A j i) \/
  (exists x : I -> R, (forall j, \sum_i A j i * x i <= 0) /\ 0 < \sum_i g i * x i).
Proof.
have [[u [su u0 gu]]|[x [Ax gx]]] := farkas [seq A j | j <- enum J] g.
  left; exists (fun j => nth 0 u (index j (enum J))); split=> [j|i].
    have ju : (index j (enum J) < size u)%N by rewrite su size_map index_mem mem_enum.
    by move/allP: u0; apply; apply: mem_nth.
  rewrite gu -big_enum /=.
  have L (s : seq J) v : uniq s -> size v = size s ->
      \sum_(j <- s) nth 0 v (index j s) * A j i = lin v [seq A j | j <- s] i.
    elim: s v => [|j s IH] [|c v] //=; first by rewrite big_nil.
    case/andP=> js us [sv]; rewrite big_cons eqxx /= -IH //; congr (_ + _).
    by apply: eq_big_seq => k ks; have /negbTE -> : j != k by apply: contraNneq js => ->.
  by rewrite L ?enum_uniq // su size_map.
right; exists x; split=> // j.
have : forall s : seq J, all_le0 [seq A j | j <- s] x -> j \in s -> \sum_i A j i * x i <= 0.
  by elim=> [//|k s IH] /= [ky sy]; rewrite inE => /orP[/eqP->|]; [|exact: IH].
by move/(_ _ Ax); apply; rewrite mem_enum.
Qed.
End Dualise.

Section System.
Variables (R : realFieldType) (I J : finType).
Variables (kind : I -> rel) (signed : pred J) (a : I -> J -> R) (c : I -> R).
(* the facts a_i(x) + c_i, with their relations, and the signs of the unknowns *)
Definition solution (x : J -> R) :=
  (forall j, signed j -> 0 <= x j) /\ forall i, truth (kind i) (\sum_j a i j * x j + c i).
(* the facts about y *)
Definition dual (y : I -> R) :=
  (forall i, kind i <> Eq -> 0 <= y i) /\
  forall j, truth (if signed j then Ge else Eq) (- \sum_i y i * a i j).
Definition is_eq i := if kind i is Eq then true else false.
Definition is_gt i := if kind i is Gt then true else false.
Definition strict_sum (y : I -> R) := \sum_(i | is_gt i) y i.

Lemma sum_option2 (F : option (option J) -> R) :
  \sum_o F o = F None + (F (Some None) + \sum_j F (Some (Some j))).
Proof. by rewrite sum_option sum_option. Qed.

Theorem dualise_rule :
  (forall y, dual y -> 0 <= \sum_i y i * c i) ->
  (forall y, dual y -> 0 < strict_sum y -> 0 < \sum_i y i * c i) ->
  exists x, solution x.
Proof.
move=> H0 H1.
(* coordinates: Some (Some j) is x_j, Some None is t, None is s; multipliers: y+, y- of the equations,
   v of the signs, w of s <= t *)
pose row i (o : option (option J)) : R :=
  match o with Some (Some j) => a i j | Some None => c i | None => - (is_gt i)%:R end.
pose A (k : (I + I) + (J + unit)) o : R :=
  match k with
  | inl (inl i) => - row i o
  | inl (inr i) => (is_eq i)%:R * row i o
  | inr (inl j) => - ((signed j)%:R * (o == Some (Some j))%:R)
  | inr (inr _) => (o == None)%:R - (o == Some None)%:R
  end.
have [[u [u0 E]]|[z [Az gz]]] := farkas_fin A (fun o => (o == None)%:R).
  pose y i := u (inl (inl i)) - (is_eq i)%:R * u (inl (inr i)).
  pose w := u (inr (inr tt)).
  have S o : \sum_k u k * A k o
      = - (\sum_i y i * row i o) - (\sum_j u (inr (inl j)) * ((signed j)%:R * (o == Some (Some j))%:R))
        + w * ((o == None)%:R - (o == Some None)%:R).
    rewrite !big_sumType /= (big_pred1 tt) => [|[]] //; rewrite addrA; congr (_ + _).
    rewrite (eq_bigr (fun j => - (u (inr (inl j)) * ((signed j)%:R * (o == Some (Some j))%:R)))) => [|j _]; last by rewrite mulrN.
    rewrite sumrN; congr (_ - _); rewrite -sumrN -big_split /=; apply: eq_bigr => i _.
    by rewrite /y; move: ((is_eq i)%:R : R) (row i o) (u _) (u _) => e r v v'; ring.
  have Ej j : - (\sum_i y i * a i j) = u (inr (inl j)) * (signed j)%:R.
    have := E (Some (Some j)); rewrite S /= ?mulr0n subrr mulr0 addr0 (bigD1 j) //= eqxx mulr1 [X in _ - (_ + X)]big1 ?addr0.
      by move/esym/eqP; rewrite subr_eq0 => /eqP.
    move=> k kj; rewrite (_ : (Some (Some j) == Some (Some k)) = false) ?mulr0n ?mulr0 //.
    by apply/negbTE; apply: contra kj => /eqP[->].
  have Et : \sum_i y i * c i = - w.
    have := E (Some None); rewrite S /= ?mulr0n sub0r mulrN1.
    rewrite [X in _ - X - _]big1 => [|j _]; last by rewrite ?mulr0n !mulr0.
    by rewrite subr0 => /esym/eqP; rewrite subr_eq0 => /eqP e; rewrite -e opprK.
  have Es : strict_sum y + w = 1.
    have := E None; rewrite S /= ?mulr0n ?mulr1n subr0 mulr1.
    rewrite [X in _ - X + _]big1 => [|j _]; last by rewrite ?mulr0n !mulr0.
    rewrite subr0 => ->; congr (_ + _); rewrite -sumrN /strict_sum big_mkcond; apply: eq_bigr => i _.
    by rewrite mulrN opprK; case: (is_gt i); rewrite ?mulr1 ?mulr0n ?mulr0.
  have w0 : 0 <= w by apply: u0.
  have dy : dual y.
    split=> [i ne|j]; last first.
      by rewrite Ej; case: (signed j); rewrite /= ?mulr1 ?mulr0.
    by rewrite /y /is_eq; case: (kind i) ne => //= _; rewrite mul0r subr0.
  have s0 : 0 <= strict_sum y.
    by apply: sumr_ge0 => i; rewrite /is_gt => g; apply: dy.1; case: (kind i) g.
  exfalso; move: s0; rewrite le_eqVlt => /orP[/eqP s0|s0].
    have := H0 _ dy; rewrite Et; move: Es; rewrite -s0 add0r => ->.
    by rewrite oppr_ge0 ler10.
  by have := H1 _ dy s0; rewrite Et oppr_gt0 ltNge w0.
pose s := z None; pose t := z (Some None).
have s0 : 0 < s by move: gz; rewrite sum_option2 /= mul1r mul0r add0r big1 ?addr0 // => j _; rewrite mul0r.
have Ar i : \sum_o row i o * z o = \sum_j a i j * z (Some (Some j)) + c i * t - (is_gt i)%:R * s.
  by rewrite sum_option2 /= mulNr addrC [c i * _ + _]addrC.
have st : s <= t.
  have := Az (inr (inr tt)); rewrite sum_option2 /= subr0 mul1r sub0r mulN1r big1 ?addr0 => [|j _]; last by rewrite subrr mul0r.
  by rewrite subr_le0.
have t0 : 0 < t := lt_le_trans s0 st.
have tn : t != 0 by rewrite gt_eqF.
have low i : (is_gt i)%:R * s <= \sum_j a i j * z (Some (Some j)) + c i * t.
  have := Az (inl (inl i)); rewrite (eq_bigr (fun o => - (row i o * z o))) => [|o _]; last by rewrite mulNr.
  by rewrite sumrN Ar oppr_le0 subr_ge0.
have high i : is_eq i -> \sum_j a i j * z (Some (Some j)) + c i * t <= 0.
  move=> e; have := Az (inl (inr i)); rewrite (eq_bigr (fun o => row i o * z o)) => [|o _]; last by rewrite /A e mul1r.
  rewrite Ar (_ : is_gt i = false) ?mul0r ?subr0 //.
  by move: e; rewrite /is_eq /is_gt; case: (kind i).
exists (fun j => z (Some (Some j)) / t); split=> [j sj|i].
  rewrite divr_ge0 ?(ltW t0) //; have := Az (inr (inl j)); rewrite sum_option2 /= ?sj ?mulr0n ?mulr0 ?oppr0 !mul0r !add0r.
  rewrite (bigD1 j) //= eqxx ?sj ?mulr1n ?mul1r [X in _ + X]big1 ?addr0 => [|k kj]; last first.
    have -> : (Some (Some k) == Some (Some j)) = false by apply/negbTE; apply: contra kj => /eqP[->].
    by rewrite ?mulr0n mulr0 oppr0 mul0r.
  by rewrite mulN1r oppr_le0.
have -> : \sum_j a i j * (z (Some (Some j)) / t) + c i = (\sum_j a i j * z (Some (Some j)) + c i * t) / t.
  by rewrite mulrDl mulfK // mulr_suml; congr (_ + _); apply: eq_bigr => j _; rewrite mulrA.
have := low i; have := high i; rewrite /is_eq /is_gt; case: (kind i) => /= hi lo.
- by rewrite divr_ge0 ?(ltW t0) //; move: lo; rewrite mul0r.
- by rewrite divr_gt0 //; apply: lt_le_trans lo; rewrite mul1r.
- move: lo; rewrite mul0r => lo; rewrite (_ : _ + _ = 0) ?mul0r //.
  by apply/eqP; rewrite eq_le lo hi.
Qed.

(* weak duality: the facts about y are not more than is needed *)
Theorem dualise_only_if x : solution x -> forall y, dual y -> 0 <= \sum_i y i * c i.
Proof.
move=> [sx ax] y [y0 yd].
have P : 0 <= \sum_i y i * (\sum_j a i j * x j + c i).
  apply: sumr_ge0 => i _; have := ax i; case E: (kind i) => /= v; rewrite ?v ?mulr0 //.
    by rewrite mulr_ge0 // y0 // E.
  by rewrite mulr_ge0 ?(ltW v) // y0 // E.
have Q : \sum_i y i * (\sum_j a i j * x j) <= 0.
  rewrite (eq_bigr (fun i => \sum_j (y i * a i j) * x j)) => [|i _]; last first.
    by rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mulrA.
  rewrite exchange_big /= -oppr_ge0 -sumrN; apply: sumr_ge0 => j _; rewrite -mulr_suml -mulNr.
  by have := yd j; case s: (signed j) => /= v; rewrite ?v ?mul0r // mulr_ge0 // sx.
move: P; rewrite (eq_bigr (fun i => y i * (\sum_j a i j * x j) + y i * c i)) => [|i _]; last by rewrite mulrDr.
by rewrite big_split /= => P; apply: le_trans P _; rewrite ger_addr.
Qed.
End System.
