(* rules.v -- two theorems behind rules of certificates of format 2 (certificate/kernel/FORMAT.md): sort, and
   Farkas' and Motzkin's for dualise, over any ordered field. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities polynomial farkas.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- sort ---- *)
Definition exchange T (s : seq T) := if s is x :: y :: s' then y :: x :: s' else s.

Section Lists.
Variable R : realFieldType.
Implicit Types (s t : seq R) (Q : seq R -> Prop).

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
Variables (R : realFieldType) (V : Type) (A G : (V -> R) -> Prop).    (* what is assumed, the goal *)
(* tau and c are permutations of the symbols that keep both *)
Variables (tau c : V -> V) (x : seq V).
Definition keep (p : V -> V) := (forall e, A e -> A (e \o p)) /\ forall e, A e -> G (e \o p) -> G e.
Hypotheses (st : keep tau) (sc : keep c).
Hypotheses (tau_x : map tau x = exchange x) (c_x : map c x = rot 1 x).

(* if the goal holds wherever x_1 >= x_2 >= ... >= x_m, it holds *)
Theorem sort_rule : (forall e, A e -> down (map e x) -> G e) -> forall e, A e -> G e.
Proof.
move=> H e Ae; pose Q s := forall e, map e x = s -> A e -> G e.
suff q : Q (map e x) by apply: (q e).
rewrite -[map e x]cat0s; apply: sortQ => [s qs e' E A'|s qs e' E A'|t dt _ e' E A'].
- by apply: sc.2 => //; apply: qs (sc.1 _ A'); rewrite map_comp c_x map_rot E.
- apply: st.2 => //; apply: qs (st.1 _ A'); rewrite map_comp tau_x -E.
  by case: (x) => [|a [|b l]].
- by apply: H => //; rewrite E.
Qed.
End Sort.

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
Proof.
have H (T : finType) (G : option T -> R) : \sum_o G o = G None + \sum_i G (Some i).
  rewrite (bigD1 None) //=; congr (_ + _).
  by rewrite (reindex_omap Some id) /=; [apply: eq_bigl => i; rewrite eqxx | case].
by rewrite !H.
Qed.

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
