(* blocks.v -- that the rule block, as kernel.v computes it, is sound: a block of unknowns is drafted mass, the facts are
   tokens, and the unknowns a transport (model/transport.v). *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import rules polynomial meaning kernel combine dual.
Require multidraft transport.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- transport that meets demands: MD-L3, by capacities of the drafts ---- *)
Section Demands.
Variables (R : realFieldType) (I D : finType) (supp : D -> {set I}) (b : D -> R) (t : I -> R).
Hypotheses (supp_n0 : forall d, supp d != set0) (b0 : forall d, 0 <= b d) (some : forall i, exists d, i \in supp d).
Theorem demands_met : (forall S : {set I}, \sum_(i in S) t i <= \sum_(d | ~~ [disjoint supp d & S]) b d) ->
  exists al : D -> I -> R, [/\ forall d i, 0 <= al d i, forall d i, i \notin supp d -> al d i = 0,
    forall d, \sum_i al d i = b d & forall i, t i <= \sum_d al d i].
Proof.
move=> H; pose u i := Num.max (t i) 0; pose at_ i := [set d | i \in supp d].
have at0 i : at_ i != set0 by have [d di] := some i; apply/set0Pn; exists d; rewrite inE.
have u0 i : 0 <= u i by rewrite /u le_maxr lexx orbT.
have [be [be0 beT beu bec]] : exists be, multidraft.transport_le at_ u be b.
  apply/(transport.transport_le_exists at0 u0) => E; pose S := [set i | (at_ i \subset E) && (0 <= t i)].
  have -> : multidraft.Bmass at_ u E = \sum_(i in S) t i.
    rewrite /multidraft.Bmass big_mkcond [RHS]big_mkcond; apply: eq_bigr => i _; rewrite inE /u.
    by case: (_ \subset _) => //=; case: (leP 0 (t i)).
  apply: le_trans (H S) _; rewrite /multidraft.tot big_mkcond [X in _ <= X]big_mkcond; apply: ler_sum => d _.
  case: ifPn => [/pred0Pn[i /andP[/= id]]|_]; last by case: ifP => // _; apply: b0.
  by rewrite inE => /andP[/subsetP/(_ d)]; rewrite inE => -> //.
pose left d := b d - \sum_i be i d.
have left0 d : 0 <= left d by rewrite subr_ge0.
have pick d : exists i, i \in supp d by apply/set0Pn.
exists (fun d i => be i d + left d *+ (i == xchoose (pick d))); split.
- by move=> d i; rewrite addr_ge0 // mulrn_wge0.
- move=> d i id; rewrite beT ?inE // add0r; case: eqP => // E.
  by move: id; rewrite E (xchooseP (pick d)).
- move=> d; rewrite big_split /= [X in _ + X](bigD1 (xchoose (pick d))) //= eqxx [X in _ + (_ + X)]big1 => [|i /negbTE->//].
  by rewrite addr0 mulr1n addrC subrK.
move=> i; apply: (@le_trans _ _ (u i)); first by rewrite /u le_maxr lexx.
by rewrite -(beu i); apply: ler_sum => d _; rewrite ler_addl mulrn_wge0.
Qed.
End Demands.

(* ---- numbers of symbols as a type with equality ---- *)
Lemma pos_eqP : Equality.axiom Pos.eqb.
Proof. by move=> x y; apply: (iffP idP) => /Pos.eqb_eq. Qed.
Canonical pos_eqType := Eval hnf in EqType positive (EqMixin pos_eqP).

(* ---- in which list a symbol stands ---- *)
Lemma place_allP n l m m' : place_all n l m = Some m' ->
  [/\ uniq l, forall s, s \in l -> PositiveMap.find s m = None
    & forall s, PositiveMap.find s m' = if s \in l then Some n else PositiveMap.find s m].
Proof.
elim: l m => [|a l IH] m /=; first by case=> <-.
case: ifPn => // na /IH[u o F]; split.
- by rewrite u andbT; apply/negP => /o; rewrite PositiveMap.gss.
- move=> s; rewrite inE => /orP[/eqP->|sl].
    by move: na; rewrite /kernel.mem; case: (PositiveMap.find a m).
  have := o s sl; case: (Pos.eq_dec s a) => [->|sa]; first by rewrite PositiveMap.gss.
  by rewrite PositiveMap.gso.
- move=> s; rewrite F inE; case: (s \in l); rewrite ?orbT // orbF.
  have [->|/eqP sa] := eqVneq s a; first by rewrite PositiveMap.gss.
  by rewrite PositiveMap.gso.
Qed.
Lemma placesP n ls m m' : places n ls m = Some m' ->
  [/\ forall i, uniq (nth nil ls i),
      forall i s, (i < size ls)%N -> s \in nth nil ls i -> PositiveMap.find s m' = Some (n + i)%N,
      forall s j, PositiveMap.find s m = Some j -> PositiveMap.find s m' = Some j
    & forall s j, PositiveMap.find s m' = Some j -> PositiveMap.find s m = Some j \/
        exists2 i, (i < size ls)%N /\ s \in nth nil ls i & j = (n + i)%N].
Proof.
elim: ls n m => [|l ls IH] n m /=; first by case=> <-; split=> // [i|s j]; [rewrite nth_nil|left].
case E: (place_all n l m) => [m1|] // /IH[u I K V]; have [ul o F] := place_allP E; split.
- by case.
- case=> [|i] s /= lt sl; last by rewrite addnS -addSn; apply: I.
  by rewrite addn0; apply: K; rewrite F sl.
- by move=> s j sj; apply: K; rewrite F; case: ifP => // /o; rewrite sj.
- move=> s j /V[|[i [lt sl] ->]]; last by right; exists i.+1; rewrite ?addSnnS.
  rewrite F; case: ifP => [sl [<-]|_]; last by left.
  by right; exists 0%N; rewrite ?addn0.
Qed.
Lemma places_ofP m l ps : places_of m l = Some ps ->
  ps = map (fun s => odflt 0%N (PositiveMap.find s m)) l /\ forall s, s \in l -> exists i, PositiveMap.find s m = Some i.
Proof.
elim: l ps => [|a l IH] ps /=; first by case=> <-.
case E: (PositiveMap.find a m) => [i|] //; case F: (places_of m l) => [ps'|] // -[<-].
have [-> H] := IH _ F; split=> // s; rewrite inE => /orP[/eqP->|/H //]; by exists i.
Qed.
Lemma differ_uniq l : (if places 0 [:: l] (PositiveMap.empty _) is Some _ then true else false) -> uniq l.
Proof. by case E: (places _ _ _) => [m|] // _; have [u _ _ _] := placesP E; apply: (u 0%N). Qed.

Lemma uniq_map_inj (A B : eqType) (f : A -> B) l : uniq (map f l) -> {in l &, injective f}.
Proof.
elim: l => //= a l IH /andP[fa u] x y; rewrite !inE => /orP[/eqP->|xl] /orP[/eqP->|yl] // E.
- by rewrite E (map_f f yl) in fa.
- by rewrite -E (map_f f xl) in fa.
- exact: IH.
Qed.

Section Sums.
Variable R : realFieldType.
Implicit Types e : point R.

Lemma sum_over (A : eqType) (l : seq A) (g : A -> nat) n (F : nat -> R) : uniq (map g l) ->
  (forall s, s \in l -> (g s < n)%N) -> (forall d, (d < n)%N -> d \notin map g l -> F d = 0) ->
  \sum_(s <- l) F (g s) = \sum_(d < n) F d.
Proof.
move=> u lt z; rewrite -(big_map g xpredT F) -(big_mkord xpredT F) [RHS](bigID (fun d => d \in map g l)) /=.
rewrite [X in _ = _ + X]big1_seq ?addr0 => [|d /andP[nd]]; last by rewrite mem_index_iota => dn; apply: z.
rewrite -[RHS]big_filter; apply: perm_big; apply: uniq_perm => //; first by rewrite filter_uniq ?iota_uniq.
move=> d; rewrite mem_filter mem_index_iota; case dl: (d \in map g l) => //=.
by have /mapP[s sl ->] := dl; rewrite lt.
Qed.
Lemma big_in A (l : seq A) (F G : A -> R) : (forall x, List.In x l -> F x = G x) -> \sum_(x <- l) F x = \sum_(x <- l) G x.
Proof.
elim: l => [|a l IH] H; first by rewrite !big_nil.
by rewrite !big_cons H ?IH //; [move=> x xl; apply: H; right | left].
Qed.

(* ---- what a sum of unknowns, and an equation, says ---- *)
Section Split.
Variable unk : positive -> bool.
Lemma plain_sumP mi p l k : plain_sum unk mi p = Some (l, k) ->
  [/\ forall x : point R, peval x p = (if mi then -1 else 1) * (\sum_(s <- l) x s) + peval x k, all unk l, ~~ mentions unk k & l != nil].
Proof.
rewrite /plain_sum; case D: (divide unk p) => [[l' k']|] //; case: ifP => // /andP[n c] [<- <-].
have [V U N] := divide_value R D; split=> //; first 1 last.
- by rewrite all_map; exact: U.
- by case: (l') n.
move=> x.
rewrite V /=; congr (_ + _); rewrite /linear_value mulr_sumr big_map.
elim: l' c {D V U N n} => [|t l' IH] /=; first by rewrite !big_nil.
case/andP=> /(nzeroE R); rewrite naddE => /eqP; rewrite addr_eq0 => /eqP tv /IH {IH} IH; rewrite !big_cons IH tv.
by case: (mi); rewrite ?nval_one ?nval_minus_one ?opprK.
Qed.
Lemma mentions_scale c p : mentions unk (pscale c p) = mentions unk p.
Proof. by rewrite /pscale /tmul flat_mapE /mentions has_map; apply: eq_has => t. Qed.
Lemma equated_ofP m n w l k s t : equated_of unk m n w = Some (l, (k, (s, t))) ->
  [/\ w.2.1 = Eq, k = w.1, all unk l /\ l != nil, ~~ mentions unk t
    & (forall x : point R, \sum_(r <- l) x r = peval x t -> peval x w.2.2 = 0) /\
      exists2 ps, places_of m l = Some ps /\ uniq ps & s = map (fun i => has (eqn i) ps) (iota 0 n)].
Proof.
rewrite /equated_of; case: ifP => // /negbFE we.
have K l' t' : [/\ all unk l', l' != nil, ~~ mentions unk t' & forall x : point R, \sum_(r <- l') x r = peval x t' -> peval x w.2.2 = 0] ->
    (if places_of m l' is Some ps then if uniq ps then Some (l', (w.1, (map (fun i => has (eqn i) ps) (iota 0 n), t'))) else None else None)
      = Some (l, (k, (s, t))) -> [/\ w.2.1 = Eq, k = w.1, all unk l /\ l != nil, ~~ mentions unk t
    & (forall x : point R, \sum_(r <- l) x r = peval x t -> peval x w.2.2 = 0) /\
      exists2 ps, places_of m l = Some ps /\ uniq ps & s = map (fun i => has (eqn i) ps) (iota 0 n)].
  move=> [ul n0 nt H]; case P: (places_of m l') => [ps|] //; case: ifP => // u [<- <- <- <-].
  by split=> //; [case: (w.2.1) we | split=> //; exists ps].
case E: (plain_sum unk true w.2.2) => [[l1 k1]|].
  by apply: K; have [V ul nk n0] := plain_sumP E; split=> // x xe; rewrite V xe mulN1r addNr.
case F: (plain_sum unk false w.2.2) => [[l1 k1]|] //; apply: K; have [V ul nk n0] := plain_sumP F.
split=> // [|x]; first by rewrite mentions_scale.
by rewrite pscale_eval nval_minus_one mulN1r V mul1r => ->; rewrite addNr.
Qed.
End Split.

(* ---- the value of the goal of a set ---- *)
Definition share (mi : bool) e (s : seq bool) (u : block) : R :=
  if mi then (if within u.2.1 s then - peval e u.2.2 else 0) else if touches u.2.1 s then peval e u.2.2 else 0.
Definition taken e (x : bool * poly) : R := if x.1 then peval e x.2 else 0.
Lemma set_goal_eval b s e : peval e (set_goal b s) =
  \sum_(x <- zip s (map snd (sums b))) taken e x + \sum_(u <- map snd (equated b)) share (subtracts b) e s u.
Proof.
rewrite /set_goal flush_nil; set l := zip _ _; set us := map _ _.
have H (f : sum -> block -> sum) (F : block -> R) (v : seq block) a : (forall a u, seval e (f a u) = seval e a + F u) ->
    seval e (foldl f a v) = seval e a + \sum_(u <- v) F u.
  move=> fF; elim: v a => [|u v IH] a /=; first by rewrite big_nil addr0.
  by rewrite IH fF big_cons addrA.
rewrite (H _ (share (subtracts b) e s)) => [|a u]; last first.
  rewrite /share; case: (subtracts b); case: ifP => _; rewrite ?addr0 // push_eval ?pscale_eval ?nval_minus_one ?mulN1r //.
congr (_ + _); suff G a : seval e (foldl (fun a x => if x.1 then push a x.2 else a) a l) = seval e a + \sum_(x <- l) taken e x.
  by rewrite G add0r.
elim: l a => [|[c p] l IH] a /=; first by rewrite big_nil addr0.
by rewrite IH big_cons addrA /taken /=; case: c; rewrite ?push_eval ?addr0.
Qed.
End Sums.

(* ---- there are unknowns, if the goals of all sets hold ---- *)
Section Unknowns.
Variables (R : realFieldType) (unk sgn : positive -> bool) (withs : list (positive * fact)).
Hypothesis withs_distinct : forall w v, List.In w withs -> List.In v withs -> w.1 = v.1 -> w.2 = v.2.
Variables (ks : list positive) (b : blocks).
Hypothesis B : blocks_of unk sgn withs ks = Some b.
Local Notation N := (size (sums b)).
Local Notation M := (size (equated b)).
Let L i := nth nil (map fst (sums b)) i.
Let A i := nth nil (map snd (sums b)) i.
Let T d := nth nil (map fst (equated b)) d.
Let u0 : block := (xH, (nil, nil)).
Let U d := nth u0 (map snd (equated b)) d.

Let by_number := foldl (fun m (w : positive * fact) => PositiveMap.add w.1 w.2 m) (PositiveMap.empty _) withs.
Lemma by_number_in k f : PositiveMap.find k by_number = Some f -> List.In (k, f) withs.
Proof.
rewrite /by_number; suff H (W : seq (positive * fact)) m : PositiveMap.find k (foldl (fun m w => PositiveMap.add w.1 w.2 m) m W) = Some f ->
    PositiveMap.find k m = Some f \/ List.In (k, f) W by case/H=> //; rewrite PositiveMap.gempty.
elim: W m => [|[r q] W IH] m /=; first by left.
case/IH=> [|h]; last by right; right.
case: (Pos.eq_dec k r) => [->|n]; first by rewrite PositiveMap.gss => -[->]; right; left.
by rewrite PositiveMap.gso //; left.
Qed.
Lemma blocks_parts : exists P D,
  [/\ places 0 (map fst (sums b)) (PositiveMap.empty _) = Some P, places 0 (map fst (equated b)) (PositiveMap.empty _) = Some D,
      sums_of unk by_number (subtracts b) ks = Some (sums b),
      all_equated unk P N (filter (fun w : positive * fact => ~~ has (Pos.eqb w.1) ks) withs) = Some (equated b)
    & forall i s, (i < N)%N -> s \in L i -> exists d, PositiveMap.find s D = Some d].
Proof.
have K l D' i s : all (fun s : seq positive * poly => all (fun x => sgn x && kernel.mem D' x) s.1) l ->
    s \in nth nil (map fst l) i -> exists d, PositiveMap.find s D' = Some d.
  move=> al sl; have {al} : all (fun x => sgn x && kernel.mem D' x) (nth nil (map fst l) i).
    elim: l i al {sl} => [|a l IH] i; first by rewrite nth_nil.
    by case: i => [|i] /= /andP[a0 al] //; apply: IH.
  by move=> /allP/(_ s sl)/andP[_]; rewrite /kernel.mem; case: (PositiveMap.find s D') => // d _; exists d.
rewrite /L; move: B; rewrite /blocks_of -/by_number; case E: (sums_of unk by_number true ks) => [l|]; last case F: (sums_of unk by_number false ks) => [l|] //=.
all: case P: (places _ _ _) => [P'|] //; case Q: (all_equated _ _ _ _) => [us|] //; case D: (places _ _ _) => [D'|] //.
all: by case: ifP => // al [<-] /=; exists P', D'; split=> // i s _; apply: K al.
Qed.
Lemma sums_ofP m mi k l : sums_of unk m mi k = Some l ->
  size k = size l /\ forall j, (j < size k)%N -> exists2 p, PositiveMap.find (nth xH k j) m = Some (Ge, p) &
    plain_sum unk mi p = Some (nth (nil, nil) l j).
Proof.
elim: k l => [|a k IH] l /=; first by case=> <-.
case E: (PositiveMap.find a m) => [[[] p]|] //; case F: (plain_sum _ _ _) => [s|] //; case G: (sums_of _ _ _ _) => [l'|] // -[<-].
by have [sz H] := IH _ G; split=> [|[|j]] /=; [rewrite sz | exists p | exact: H].
Qed.
Lemma all_equatedP m n W l : all_equated unk m n W = Some l ->
  (forall w, List.In w W -> exists2 d, (d < size l)%N & equated_of unk m n w = Some (nth (nil, u0) l d)) /\
  (forall d, (d < size l)%N -> exists2 w, List.In w W & equated_of unk m n w = Some (nth (nil, u0) l d)).
Proof.
elim: W l => [|w W IH] l /=; first by case=> <-; split.
case E: (equated_of _ _ _ _) => [u|] //; case F: (all_equated _ _ _ _) => [l'|] // -[<-].
have [H1 H2] := IH _ F; split=> [v [<-|/H1[d dl h]]|[|d] /= dl]; [by exists 0%N | by exists d.+1 | by exists w => //; left |].
by have [v vW h] := H2 d dl; exists v => //; right.
Qed.
Lemma size_parts : [/\ size (map fst (sums b)) = N, size (map snd (sums b)) = N, size (map fst (equated b)) = M & size (map snd (equated b)) = M].
Proof. by rewrite !size_map. Qed.

Lemma blocks_size : size ks = N.
Proof. by have [P [D [_ _ /sums_ofP[-> _] _ _]]] := blocks_parts. Qed.
(* the set of a block is a set of facts, and not empty *)
Lemma blocks_sets : forall u, List.In u (map snd (equated b)) -> size u.2.1 = N /\ has id u.2.1.
Proof.
have [P [D [pP _ _ E _]]] := blocks_parts; have [_ H] := all_equatedP E; have [_ _ _ V] := placesP pP.
move=> u /(list_nth u0)[d]; rewrite size_map => dl ud.
have [w _ /= h] := H d dl; move: h; rewrite [nth _ _ _]surjective_pairing => h.
have nu : (nth (nil, u0) (equated b) d).2 = u by rewrite -ud (nth_map (nil, u0)).
move: h; rewrite nu; case: u nu {ud} => [k [s t]] nu h.
have [_ _ [_ n0] _ [_ [ps [pl _] ->]]] := equated_ofP R h; split; first by rewrite size_map size_iota.
have [psE H'] := places_ofP pl; move: n0 psE H' {h nu pl}; case: (_.1) => //= a l _ -> H'.
have [i Pi] := H' a (mem_head _ _); apply/hasP; exists true => //; apply/mapP; exists i.
  rewrite mem_iota; case: (V _ _ Pi) => [|[j [jl _] ->]]; first by rewrite PositiveMap.gempty.
  by rewrite !add0n; move: jl; rewrite size_map.
by rewrite /= Pi /= (_ : eqn i i) //; apply/eqnP.
Qed.

Variable e : point R.
Local Notation goal s := (peval e (set_goal b s)).

(* transport, in the numbers of the lists *)
Lemma transported : (forall u, List.In u (map snd (equated b)) -> 0 <= peval e u.2.2) ->
  (forall i, (i < N)%N -> exists2 d, (d < M)%N & nth false (U d).2.1 i) ->
  (forall s, size s = N -> 0 <= goal s) ->
  exists al : nat -> nat -> R, [/\ forall d i, 0 <= al d i, forall d i, (d < M)%N -> (i < N)%N -> ~~ nth false (U d).2.1 i -> al d i = 0,
    forall d, (d < M)%N -> \sum_(i < N) al d i = peval e (U d).2.2
  & forall i, (i < N)%N -> 0 <= (if subtracts b then -1 else 1) * (\sum_(d < M) al d i) + peval e (A i)].
Proof.
move=> beta0 some H; have [_ sA _ sU] := size_parts.
have inU d : (d < M)%N -> List.In (U d) (map snd (equated b)) by move=> dM; apply: list_mem; rewrite sU.
pose supp (d : 'I_M) : {set 'I_N} := [set i : 'I_N | nth false (U d).2.1 i].
pose bt (d : 'I_M) := peval e (U d).2.2.
have bt0 d : 0 <= bt d by apply: beta0; apply: inU.
have supp_n0 d : supp d != set0.
  have [sz] := blocks_sets (inU d (ltn_ord d)); move=> /(has_nthP false)[i]; rewrite sz => iN hi.
  by apply/set0Pn; exists (Ordinal iN); rewrite inE.
have G (S : {set 'I_N}) : 0 <= \sum_(i in S) peval e (A i) +
    \sum_d (if subtracts b then (if supp d \subset S then - bt d else 0) else if ~~ [disjoint supp d & S] then bt d else 0).
  pose s := [seq i \in S | i <- enum 'I_N]; have sz : size s = N by rewrite size_map size_enum_ord.
  have sn (i : 'I_N) : nth false s i = (i \in S) by rewrite (nth_map i) ?size_enum_ord // nth_ord_enum.
  have := H s sz; rewrite set_goal_eval; congr (0 <= _ + _).
    rewrite (big_nth (false, nil)) size_zip sz sA minnn big_mkord [RHS]big_mkcond; apply: eq_bigr => i _.
    by rewrite nth_zip ?sz ?sA // /taken /= sn.
  rewrite (big_nth u0) sU big_mkord; apply: eq_bigr => d _; rewrite /share -/(U d).
  have [szd _] := blocks_sets (inU d (ltn_ord d)).
  have zd (i : 'I_N) : nth (false, false) (zip (U d).2.1 s) i = (i \in supp d, i \in S) by rewrite nth_zip ?szd ?sz // sn inE.
  have -> : within (U d).2.1 s = (supp d \subset S).
    apply/(all_nthP (false, false))/subsetP => [K i iS|K i].
      have := K i; rewrite size_zip szd sz minnn => /(_ (ltn_ord i)); rewrite zd iS /=; by [].
    rewrite size_zip szd sz minnn => iN; rewrite (zd (Ordinal iN)) /=.
    by case: (boolP (_ \in supp d)) => //= /K.
  have -> // : touches (U d).2.1 s = ~~ [disjoint supp d & S].
  apply/(has_nthP (false, false))/pred0Pn => [[i]|[i /andP[/= id iS]]].
    by rewrite size_zip szd sz minnn => iN; rewrite (zd (Ordinal iN)) => K; exists (Ordinal iN).
  by exists (i : nat); rewrite ?zd ?id ?iS // size_zip szd sz minnn.
have [al [al0 alT alb ala]] : exists al : 'I_M -> 'I_N -> R,
    [/\ forall d i, 0 <= al d i, forall d i, i \notin supp d -> al d i = 0, forall d, \sum_i al d i = bt d
      & forall i, 0 <= (if subtracts b then -1 else 1) * (\sum_d al d i) + peval e (A i)].
  case: (subtracts b) G => G.
    have [|al [a0 aT ab aa]] := (transport.transport_le_exists supp_n0 bt0 (fun i : 'I_N => peval e (A i))).2.
      move=> S; rewrite -subr_ge0; have := G S; congr (0 <= _ + _).
      by rewrite /multidraft.Bmass -sumrN [RHS]big_mkcond.
    by exists al; split=> // i; rewrite mulN1r addrC subr_ge0.
  have [i|S|al [a0 aT ab aa]] := @demands_met R _ _ supp bt (fun i => - peval e (A i)) supp_n0 bt0.
    by have [d dM h] := some i (ltn_ord i); exists (Ordinal dM); rewrite inE.
    by rewrite -subr_ge0 sumrN opprK addrC; have := G S; congr (0 <= _ + _); rewrite [RHS]big_mkcond.
  by exists al; split=> // i; rewrite mul1r -[peval e (A i)]opprK subr_ge0.
pose al' d i : R := if insub d is Some d' then if insub i is Some i' then al d' i' else 0 else 0.
have alE (d : 'I_M) (i : 'I_N) : al' d i = al d i by rewrite /al' !valK.
exists al'; split=> [d i|d i dM iN|d dM|i iN].
- by rewrite /al'; case: insubP => // d' _ _; case: insubP => // i' _ _.
- by move=> n; rewrite -[d]/(val (Ordinal dM)) -[i]/(val (Ordinal iN)) alE alT // inE.
- rewrite -[RHS](alb (Ordinal dM)); apply: eq_bigr => i _; exact: (alE (Ordinal dM)).
- have := ala (Ordinal iN); congr (0 <= _ * _ + _); apply: eq_bigr => d _; by rewrite -alE.
Qed.

Theorem blocks_exist : (forall u, List.In u (map snd (equated b)) -> 0 <= peval e u.2.2) ->
  (forall s, size s = N -> 0 <= goal s) -> Exists unk sgn withs e.
Proof.
move=> beta0 H; have [P [D [pP pD sO aE inD]]] := blocks_parts; have [sL _ sT _] := size_parts.
have [uL atP _ Pat] := placesP pP; have [uT atD _ Dat] := placesP pD.
have [sk ksP] := sums_ofP sO; have [withE eqW] := all_equatedP aE.
have Pto s j : PositiveMap.find s P = Some j -> (j < N)%N /\ s \in L j.
  by case/Pat=> [|[i [il si] ->]]; rewrite ?PositiveMap.gempty // add0n -sL.
have Dto s j : PositiveMap.find s D = Some j -> (j < M)%N /\ s \in T j.
  by case/Dat=> [|[i [il si] ->]]; rewrite ?PositiveMap.gempty // add0n -sT.
have toP i s : (i < N)%N -> s \in L i -> PositiveMap.find s P = Some i by rewrite -{1}sL => iN /(atP _ _ iN).
have toD i s : (i < M)%N -> s \in T i -> PositiveMap.find s D = Some i by rewrite -{1}sT => iN /(atD _ _ iN).
pose iof s := odflt 0%N (PositiveMap.find s P); pose dof s := odflt 0%N (PositiveMap.find s D).
have Udef d : (d < M)%N -> nth (nil, u0) (equated b) d = (T d, ((U d).1, ((U d).2.1, (U d).2.2))).
  by move=> dM; rewrite /T /U !(nth_map (nil, u0)) // -!surjective_pairing.
(* what is known of a block *)
have block_at d : (d < M)%N -> [/\ all unk (T d), ~~ mentions unk (U d).2.2, uniq (map iof (T d)),
    forall s, s \in T d -> PositiveMap.find s P = Some (iof s) & forall i, (i < N)%N -> nth false (U d).2.1 i = (i \in map iof (T d))].
  move=> dM; have [w _] := eqW d dM; rewrite Udef // => /(equated_ofP R)[_ _ [au _] nt [_ [ps [pl up] ->]]].
  have [psE known_] := places_ofP pl; split=> // [|s sT'|i iN]; first by rewrite -psE.
    by rewrite /iof; have [i ->] := known_ s sT'.
  rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n -psE.
  by apply/hasP/idP => [[j jp /eqnP->//]|ip]; exists i => //; apply/eqnP.
have fact_at i : (i < N)%N -> exists2 p, List.In (nth xH ks i, (Ge, p)) withs &
    [/\ forall x : point R, peval x p = (if subtracts b then -1 else 1) * (\sum_(s <- L i) x s) + peval x (A i), all unk (L i), ~~ mentions unk (A i) & L i != nil].
  move=> iN; have [|p /by_number_in pin] := ksP i; first by rewrite sk.
  rewrite [nth _ _ _]surjective_pairing -(nth_map _ nil) // -(nth_map _ nil) // => /(plain_sumP R) H1.
  by exists p.
have some i : (i < N)%N -> exists2 d, (d < M)%N & nth false (U d).2.1 i.
  move=> iN; have [p _ [_ _ _]] := fact_at i iN; case E: (L i) => [//|s l] _.
  have si : s \in L i by rewrite E mem_head.
  have [d sd] := inD i s iN si; have [dM sT'] := Dto _ _ sd; exists d => //.
  have [_ _ _ kP ->] := block_at d dM; last by [].
  by apply/mapP; exists s => //; rewrite /iof (toP i s).
have [al [al0 alT alb ala]] := transported beta0 some H.
pose x s := if unk s then (if PositiveMap.find s P is Some i then al (dof s) i else 0) else e s.
have sumL j : (j < N)%N -> all unk (L j) -> \sum_(s <- L j) x s = \sum_(d < M) al d j.
  move=> jN ul; rewrite (eq_big_seq (fun s => al (dof s) j)) => [|s sL']; last by rewrite /x (allP ul s sL') (toP j s).
  apply: (sum_over (F := fun d => al d j)) => [|s sL'|d dM nd].
  - rewrite map_inj_in_uniq ?uL // => s r sL' rL E.
    have [d sd] := inD j s jN sL'; have [d' rd] := inD j r jN rL; move: E; rewrite /dof sd rd /= => E.
    rewrite -E in rd; have [dM sT'] := Dto _ _ sd; have [_ rT] := Dto _ _ rd.
    by have [_ _ u _ _] := block_at d dM; apply: (uniq_map_inj u) => //; rewrite /iof (toP j s) // (toP j r).
  - by have [d sd] := inD j s jN sL'; rewrite /dof sd; exact: (Dto _ _ sd).1.
  - have [_ _ _ kP mk] := block_at d dM; apply: alT => //; rewrite mk //; apply: contra nd => /mapP[s sT' jE].
    apply/mapP; exists s; last by rewrite /dof (toD d s).
    by have := kP s sT'; rewrite -jE => /Pto[].
have sumT d : (d < M)%N -> \sum_(s <- T d) x s = \sum_(i < N) al d i.
  move=> dM; have [ul nt u kP mk] := block_at d dM.
  rewrite (eq_big_seq (fun s => al d (iof s))) => [|s sT']; last by rewrite /x (allP ul s sT') (kP s sT') /dof (toD d s).
  apply: (sum_over (F := al d)) => // [s sT'|i iN ni]; first by have [] := Pto _ _ (kP s sT').
  by apply: alT; rewrite ?mk.
have low p : ~~ mentions unk p -> peval x p = peval e p.
  by move=> np; apply: peval_ext np _ => s /negbTE us; rewrite /x us.
exists x; split=> [s /negbTE us|s us _|w wW].
- by rewrite /x us.
- by rewrite /x us; case: (PositiveMap.find s P).
have [lk|nlk] := boolP (has (Pos.eqb w.1) ks).
  pose j := find (Pos.eqb w.1) ks; have jN : (j < N)%N by rewrite -blocks_size -has_find.
  have [p pin [V ul nk _]] := fact_at j jN.
  have wE : w.1 = nth xH ks j by apply/Pos.eqb_eq; exact: (nth_find xH lk).
  by rewrite /holds (withs_distinct wW pin wE) /= V (sumL j) // low //; exact: ala.
have [|d dM] := withE w; first by apply/List.filter_In.
rewrite Udef // => /(equated_ofP R)[we _ [ul _] nt [V _]].
by rewrite /holds we /=; apply: V; rewrite sumT // low // alb.
Qed.
End Unknowns.

(* ---- some sets stand for all ---- *)
Section Sets.
Variable R : realFieldType.
Implicit Types (e : point R) (s : seq bool).

Lemma turned_zip r A B (s : seq A) (t : seq B) : size s = size t -> zip (turned r s) (turned r t) = turned r (zip s t).
Proof.
case: r => /=; last by case: s t => [|a [|b s]] [|c [|d t]].
by case: s t => [|a s] [|c t] //= [E]; rewrite /rot /= !drop0 !take0 zip_cat.
Qed.
Lemma turned_big r T idx (op : Monoid.com_law idx) A (s : seq A) (F : A -> T) : \big[op/idx]_(a <- turned r s) F a = \big[op/idx]_(a <- s) F a.
Proof.
case: r => /=; last by case: s => [|a [|b s]] //=; rewrite !big_cons Monoid.mulmCA.
by rewrite /rot big_cat Monoid.mulmC -big_cat cat_take_drop.
Qed.
Lemma size_turned r A (s : seq A) : size (turned r s) = size s.
Proof. by case: r => /=; [rewrite size_rot | case: s => [|a [|b s]]]. Qed.
Lemma map_turned r A B (f : A -> B) (s : seq A) : map f (turned r s) = turned r (map f s).
Proof. by case: r => /=; [rewrite map_rot | case: s => [|a [|b s]]]. Qed.
Lemma within_turned r s t : size s = size t -> within (turned r s) (turned r t) = within s t.
Proof. by move=> E; rewrite /within turned_zip // -!big_all turned_big. Qed.
Lemma touches_turned r s t : size s = size t -> touches (turned r s) (turned r t) = touches s t.
Proof. by move=> E; rewrite /touches turned_zip // -!big_has turned_big. Qed.
Lemma same_setE s t : same_set s t -> s = t.
Proof.
rewrite /same_set => /andP[/eqP]; elim: s t => [|a s IH] [|c t] //= [/IH {IH} IH] /andP[/eqP -> /IH ->] //.
Qed.
Lemma same_polys_sum e p q s : same_polys p q -> \sum_(x <- zip s p) taken e x = \sum_(x <- zip s q) taken e x.
Proof.
rewrite /same_polys => /andP[/eqP]; elim: p q s => [|a p IH] [|c q] s //= [sz] /andP[/nilP ac H].
case: s => [|v s]; first by rewrite !big_nil.
rewrite !big_cons (IH q) //; congr (_ + _); rewrite /taken /=; case: v => //.
by apply/eqP; rewrite -subr_eq0 -psub_eval ac.
Qed.
Lemma image_taken e g p s : \sum_(x <- zip s (map (image g) p)) taken e x = \sum_(x <- zip s p) taken (e \o g) x.
Proof.
elim: p s => [|a p IH] [|v s] //=; rewrite ?big_nil //.
by rewrite !big_cons IH; congr (_ + _); rewrite /taken /= image_eval.
Qed.

(* blocks by their numbers *)
Let numbered_by := foldl (fun m (u : block) => PositiveMap.add u.1 u.2 m) (PositiveMap.empty (seq bool * poly)).
Lemma number_in us k v : PositiveMap.find k (numbered_by us) = Some v -> List.In (k, v) us.
Proof.
suff H m : PositiveMap.find k (foldl (fun m (u : block) => PositiveMap.add u.1 u.2 m) m us) = Some v ->
    PositiveMap.find k m = Some v \/ List.In (k, v) us by case/H=> //; rewrite PositiveMap.gempty.
elim: us m => [|[r q] W IH] m /=; first by left.
case/IH=> [|h]; last by right; right.
case: (Pos.eq_dec k r) => [->|n]; first by rewrite PositiveMap.gss => -[->]; right; left.
by rewrite PositiveMap.gso //; left.
Qed.
Lemma in_fst (A : eqType) B (us : seq (A * B)) u : List.In u us -> u.1 \in map fst us.
Proof. by elim: us => //= v us IH [->|/IH]; rewrite inE ?eqxx // => ->; rewrite orbT. Qed.
Lemma in_map A (B : eqType) (f : A -> B) l y : y \in map f l -> exists2 x, List.In x l & f x = y.
Proof. by elim: l => //= a l IH; rewrite inE => /orP[/eqP->|/IH[x xl <-]]; [exists a => //; left | exists x => //; right]. Qed.
Lemma fst_one (A : eqType) B (us : seq (A * B)) u v : uniq (map fst us) -> List.In u us -> List.In v us -> u.1 = v.1 -> u = v.
Proof.
elim: us => //= w us IH /andP[n q] [<-|ui] [<-|vi] // E; last exact: IH.
- by rewrite E (in_fst vi) in n.
- by rewrite -E (in_fst ui) in n.
Qed.

Section Turns.
Variables (b : blocks) (n : nat).
Hypothesis sizes : forall u, List.In u (map snd (equated b)) -> size u.2.1 = n /\ has id u.2.1.
Hypothesis sn : size (sums b) = n.
Local Notation us := (map snd (equated b)).
Local Notation goal e s := (peval e (set_goal b s)).

Lemma turns_goal r a e s : turns b r a -> size s = n -> goal (e \o a.1) (turned r s) = goal e s.
Proof.
rewrite /turns -/numbered_by => /andP[/andP[/andP[sp /differ_uniq u1] /differ_uniq u2] al] sz; rewrite !set_goal_eval.
congr (_ + _).
  rewrite -image_taken (same_polys_sum _ _ sp) turned_zip ?turned_big //; by rewrite size_map sn.
pose value k := if PositiveMap.find k (numbered_by us) is Some v then share (subtracts b) e s (k, v) else 0.
have allP' u : List.In u us -> exists2 v, List.In (move_in a.2 u.1, v) us /\ PositiveMap.find (move_in a.2 u.1) (numbered_by us) = Some v &
    same_set (turned r v.1) u.2.1 && nilp (psub (image a.1 u.2.2) v.2).
  move=> ui; have := all_list al ui; case E: (PositiveMap.find _ _) => [v|] // h.
  by exists v => //; split=> //; apply: number_in.
rewrite (@big_in R _ us _ (fun u => value (move_in a.2 u.1))) => [|u ui]; last first.
  have [v [vi E] /andP[/same_setE ss /nilP sp']] := allP' u ui; have [sv _] := sizes vi.
  rewrite /value E /share -ss within_turned ?touches_turned ?sv //=.
  have -> // : peval (e \o a.1) u.2.2 = peval e v.2.
  by apply/eqP; rewrite -image_eval -subr_eq0 -psub_eval sp'.
rewrite (@big_in R _ us (share (subtracts b) e s) (fun u => value u.1)) => [|u ui]; last first.
  have [v vi vu] : exists2 v, PositiveMap.find u.1 (numbered_by us) = Some v & True.
    have : forall W m, (exists v, PositiveMap.find u.1 m = Some v) \/ List.In u W ->
        exists v, PositiveMap.find u.1 (foldl (fun m (u : block) => PositiveMap.add u.1 u.2 m) m W) = Some v.
      elim=> [|w W IH] m /=; first by case.
      move=> H; apply: IH; case: (Pos.eq_dec u.1 w.1) => [->|nq]; first by left; exists w.2; rewrite PositiveMap.gss.
      case: H => [[v mv]|[wu|]]; [by left; exists v; rewrite PositiveMap.gso | by rewrite wu in nq | by right].
    by move=> /(_ us (PositiveMap.empty _) (or_intror ui))[v h]; exists v.
  have E : (u.1, v) = u by apply: fst_one u1 (number_in vi) ui _.
  by rewrite /value vi E.
rewrite -(big_map (fun u : block => move_in a.2 u.1) xpredT value) -[RHS](big_map fst xpredT value).
apply: perm_big; apply: uniq_perm => // k.
have S : {subset map (fun u : block => move_in a.2 u.1) us <= map fst us}.
  by move=> j /in_map[u ui <-]; have [v [vi _] _] := allP' u ui; exact: (in_fst vi).
by have [|_ ->//] := uniq_min_size u2 S; rewrite !size_map.
Qed.

Lemma no_fact e : goal e (nseq n false) = 0.
Proof.
have Z A (s : seq A) k : all (fun x => ~~ x.1) (zip (nseq k false) s) by elim: s k => [|a s IH] [|k] //=.
rewrite set_goal_eval (@big_in R _ _ _ (fun=> 0)) => [|x xz]; last first.
  by rewrite /taken; have := all_list (Z _ (map snd (sums b)) n) xz; case: x.1.
rewrite big1_eq add0r (@big_in R _ us _ (fun=> 0)) ?big1_eq // => u ui; have [su hu] := sizes ui.
rewrite /share; have -> : touches u.2.1 (nseq n false) = false by rewrite /touches -su; elim: u.2.1 => //= c t ->; rewrite andbF.
have -> : within u.2.1 (nseq n false) = false; last by case: (subtracts b).
by move: hu; rewrite /within -su; elim: u.2.1 => //= c t IH /orP[->//|/IH ->]; rewrite andbF.
Qed.

Lemma all_setsE m : exists l, all_sets m = nseq m false :: l.
Proof.
elim: m => [|m [l E]]; first by exists nil.
exists (map (rcons^~ false) l ++ map (rcons^~ true) (all_sets m)); rewrite [LHS]/= E /=; congr cons.
by rewrite -cats1 -[[:: false]]/(nseq 1 false) -nseqD addn1.
Qed.
Lemma all_sets_all s : List.In s (all_sets (size s)).
Proof.
elim/last_ind: s => [|s c IH]; first by left.
by rewrite size_rcons /=; apply/List.in_app_iff; case: c; [right|left]; apply: (List.in_map (rcons^~ _)).
Qed.
Lemma sorted_first s : down (map (fun c : bool => c%:R : R) s) -> exists2 j, (j <= size s)%N & s = first_of (size s) j.
Proof.
rewrite /first_of; elim: s => [|[] s IH] /=; first by exists 0%N.
  by move=> /path_sorted/IH[j js sE]; exists j.+1; rewrite ?ltnS //= subSS -sE.
move=> p; exists 0%N => //=; congr cons.
have tr : transitive (fun x y : R => y <= x) by move=> y x z xy yz; apply: le_trans yz xy.
have := order_path_min tr p; elim: (s) => //= c t IHt /andP[c0 /IHt <-].
by case: c c0 => //; rewrite ler10.
Qed.

Theorem sets_sound st ks sets (G : point R -> Prop) : sets_of st b ks = Some sets ->
  (symmetric st -> forall a, List.In a (acts st) -> forall e, G e -> G (e \o a.1)) ->
  (forall e, G e -> forall s, List.In s sets -> 0 <= goal e s) -> forall e, G e -> forall s, size s = n -> 0 <= goal e s.
Proof.
rewrite /sets_of sn; case: ifP => [/andP[/andP[/andP[sy _] t0] t1]|_] S sG H; last first.
  move: S; case: ifP => // _ [E] e Ge s sz; rewrite -E in H.
  have := all_sets_all s; have [l lE] := all_setsE (size s); rewrite -sz in H; rewrite lE in H *.
  by case=> [<-|sl]; [rewrite sz no_fact | apply: H].
have by_action r : turned_by st b ks r -> exists2 a, List.In a (acts st) & turns b r a.
  by rewrite /turned_by; elim: (acts st) => //= a l IH /orP[/andP[_ h]|/IH[c cl h]]; [exists a => //; left | exists c => //; right].
pose Q (r : seq R) := forall s e, size s = n -> map (fun c : bool => c%:R : R) s = r -> G e -> 0 <= goal e s.
suff q r : Q r by move=> e Ge s sz; apply: (q (map (fun c : bool => c%:R) s)).
have step c s e : turned_by st b ks c -> Q (turned c (map (fun v : bool => v%:R) s)) -> size s = n -> G e -> 0 <= goal e s.
  move=> /by_action[a ai ta] q sz Ge; rewrite -(turns_goal e ta sz); apply: q; last exact: (sG sy a ai).
    by rewrite size_turned.
  by rewrite map_turned.
rewrite -[r]cat0s; apply: sortQ => [t q s e sz E|t q s e sz E|t dt _ s e sz E Ge].
- by apply: (step true) => //; rewrite E.
- by apply: (step false) => //; rewrite E; move: q; rewrite /exchange /turned /exchanged; case: (t) => [|x [|y t']].
rewrite /= in E; rewrite -E in dt; have [[|j] js sE] := sorted_first dt; rewrite sz in js sE.
  by rewrite sE /first_of subn0 no_fact.
move: S => -[S]; apply: H => //; rewrite -S sE; apply/List.in_map_iff; exists j.+1; split=> //.
have : j.+1 \in iota 1 n by rewrite mem_iota add1n ltnS.
by elim: (iota 1 n) => //= k l IH; rewrite inE => /orP[/eqP->|/IH]; [left | right].
Qed.
End Turns.
End Sets.
