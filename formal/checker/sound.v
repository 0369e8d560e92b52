(* sound.v -- what the checker accepts is true: the theorem, or its negation. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import rules polynomial meaning kernel combine exponential dual project steps.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- numbered lists ---- *)
Fixpoint num_list A (n : positive) (l : list A) : list (positive * A) :=
  if l is x :: l' then (n, x) :: num_list (Pos.succ n) l' else nil.
Lemma numberedE A n (l : list A) : numbered n l = num_list n l.
Proof.
rewrite /numbered; suff H acc : (foldl (fun s x => (Pos.succ s.1, (s.1, x) :: s.2)) (n, acc) l).2 = catrev (num_list n l) acc.
  by rewrite H revK.
by elim: l n acc => //= x l IH n acc; rewrite IH.
Qed.
Section Numbered.
Variable A : Type.
Implicit Types (l : list A) (m : PositiveMap.t A).
Lemma num_find n m l k x : List.In (k, x) (num_list n l) -> PositiveMap.find k (table_from n m l).2 = Some x.
Proof.
elim: l n m => //= y l IH n m [[<- <-]|]; last exact: IH.
by have := @table_from_low A (Pos.succ n) (PositiveMap.add n y m) l n (ltb_self n); rewrite PositiveMap.gss.
Qed.
Lemma find_num n m l k x : PositiveMap.find k (table_from n m l).2 = Some x ->
  PositiveMap.find k m = Some x \/ List.In (k, x) (num_list n l).
Proof.
rewrite /table_from; elim: l n m => [|y l IH] n m /=; first by left.
case/IH=> [|xl]; last by right; right.
case: (Pos.eq_dec k n) => [->|kn]; first by rewrite PositiveMap.gss => -[->]; right; left.
by rewrite PositiveMap.gso //; left.
Qed.
Lemma numbered_find l k x : List.In (k, x) (numbered xH l) <-> PositiveMap.find k (table l) = Some x.
Proof.
rewrite numberedE; split=> [|/find_num[|//]]; first exact: num_find.
by rewrite PositiveMap.gempty.
Qed.
Lemma numbered_in l k x : List.In (k, x) (numbered xH l) -> List.In x l.
Proof. by move=> /numbered_find h; exact: (table_find h). Qed.
Lemma in_numbered l x : List.In x l -> exists k, List.In (k, x) (numbered xH l).
Proof. by move=> xl; have [k h] := table_in xl; exists k; apply/numbered_find. Qed.
Lemma table_below l k x : PositiveMap.find k (table l) = Some x -> Pos.ltb k (after l).
Proof. by apply: table_from_number => i f; rewrite PositiveMap.gempty. Qed.
Lemma below_numbered l k : Pos.ltb k (after l) -> exists x, List.In (k, x) (numbered xH l).
Proof.
rewrite numberedE; suff H n m : Pos.ltb k (table_from n m l).1 -> Pos.ltb k n \/ exists x, List.In (k, x) (num_list n l).
  by case/H=> // /Pos.ltb_lt /Pos.nlt_1_r.
elim: l n m => [|y l IH] n m /=; first by left.
case/(IH (Pos.succ n) (PositiveMap.add n y m))=> [/ltb_succ_inv[|->]|[x h]]; first by left.
  by right; exists y; left.
by right; exists x; right.
Qed.
(* ascending numbers *)
Fixpoint ascending n (l : list positive) : Prop := if l is a :: l' then ~~ Pos.ltb a n /\ ascending (Pos.succ a) l' else True.
Lemma ascending_le n (l : list positive) a : ascending n l -> List.In a l -> ~~ Pos.ltb a n.
Proof.
elim: l n => //= b l IH n [bn al] [<-//|/(IH _ al)]; apply: contra => /Pos.ltb_lt an; apply/Pos.ltb_lt.
move: bn; rewrite -Pos.leb_antisym => /Pos.leb_le nb.
by apply: Pos.lt_le_trans an _; apply: Pos.le_trans nb _; apply: Pos.lt_le_incl; apply: Pos.lt_succ_diag_r.
Qed.
Lemma ascending_find n (l : list positive) j : ascending n l -> (j < size l)%N -> find (Pos.eqb (nth xH l j)) l = j.
Proof.
elim: l n j => // a l IH n [|j] /= [an al] h; first by rewrite Pos.eqb_refl.
case: ifP => [/Pos.eqb_eq E|_]; last by rewrite (IH _ _ al).
by have := ascending_le al (@list_mem _ l xH j h); rewrite E ltb_self.
Qed.
Lemma ascending_weaken n (l : list positive) : ascending (Pos.succ n) l -> ascending n l.
Proof. by case: l => //= a l [h al]; split=> //; apply: contra h => /ltb_succ. Qed.
Lemma ascending_numbers n (P : pred (positive * A)) l : ascending n (map fst (filter P (num_list n l))).
Proof.
elim: l n => //= x l IH n; case: ifP => _ /=; first by rewrite ltb_irr.
exact: ascending_weaken.
Qed.
End Numbered.
Lemma in_filter A (P : pred A) l x : List.In x (filter P l) <-> List.In x l /\ P x.
Proof.
elim: l => [|y l IH] /=; first by split=> // -[].
case: ifP => Py /=; rewrite IH; split.
- by case=> [<-|[]]; auto.
- by case=> [[<-|]]; auto.
- by case; auto.
- by case=> [[<-|]]; rewrite ?Py; auto.
Qed.

(* the checker makes these tables once *)
Local Notation sorts t := (table (symbols t)).
Local Notation end_of t := (after (symbols t)).
Local Notation all_facts t := (table (facts_of t)).
Local Notation inverse_ok t := (kernel.inverse_ok t (sorts t)).
Local Notation facts_move t := (kernel.facts_move t (sorts t) (all_facts t)).
Local Notation facts_back t := (kernel.facts_back t (all_facts t)).
Local Notation generator_ok t := (kernel.generator_ok t (sorts t) (end_of t) (all_facts t)).
Local Notation generators_ok t hints := (kernel.generators_ok t hints (sorts t) (end_of t) (all_facts t)).
Local Notation theorem_ok t := (kernel.theorem_ok t (sorts t) (end_of t)).
Local Notation withs_of t := (kernel.withs_of t (sorts t)).
Local Notation run_of roots exponents t := (kernel.run_of roots exponents t (sorts t) (end_of t)).
Local Notation rows_scope t := (kernel.rows_scope t (end_of t) (all_facts t)).
Local Notation exists_scope t hints := (kernel.exists_scope t hints (sorts t) (end_of t) (all_facts t)).
Local Notation point_ok t := (kernel.point_ok (sorts t) (end_of t)).
Local Notation parameter_value t := (kernel.parameter_value (sorts t)).
Local Notation facts_for t := (kernel.facts_for (sorts t)).

Section Sound.
Variables (R : realFieldType) (roots exponents : bool) (t : theorem) (hints : list hint) (Exp : R -> R).
Hypothesis roots_exist : roots -> forall a : R, 0 <= a -> exists2 w, 0 <= w & w * w = a.
Hypothesis exponential_Exp : exponents || has_exponentials t -> exponential Exp.
Implicit Types (e x : point R).
Local Notation above := (after (symbols t)).
Local Notation unk := (unknown t).
Local Notation sgn := (signed t).
Local Notation withs := (withs_of t).
Local Notation unknowns := (unknowns_of t).
Local Notation texps := (texps_of t).
Local Notation own := (kernel.own t).
Hypothesis ok : theorem_ok t.
Hypothesis gok : generators_ok t hints.

Lemma facts_below f : List.In f (facts_of t) -> below above f.2.
Proof. by move: ok => /andP[/andP[/andP[/andP[/andP[h _] _] _] _] _]; apply: all_list h. Qed.
Lemma rows_below f : List.In f (rows t) -> below above f.2.
Proof. by move: ok => /andP[/andP[/andP[/andP[/andP[_ h] _] _] _] _]; apply: all_list h. Qed.
Lemma rows_known f : feasible t -> List.In f (rows t) -> ~~ mentions unk f.2.
Proof. by move=> fe; move: ok => /andP[/andP[/andP[/andP[_ +] _] _] _]; rewrite fe => h; apply: all_list h. Qed.

Lemma unk_sort s : unk s -> exists b, PositiveMap.find s (table (symbols t)) = Some (true, b).
Proof. by rewrite /unknown /unknown_in; case: PositiveMap.find => // -[[] b] // _; exists b. Qed.
Lemma sgn_sort s : sgn s <-> exists b, PositiveMap.find s (table (symbols t)) = Some (b, true).
Proof.
rewrite /signed /signed_in; case: PositiveMap.find => [[b []]|]; split=> //; try by case.
by exists b.
Qed.
Lemma unk_below s : unk s -> Pos.ltb s above.
Proof. by case/unk_sort=> b h; exact: (table_below h). Qed.
Lemma sgn_below s : sgn s -> Pos.ltb s above.
Proof. by case/sgn_sort=> b h; exact: (table_below h). Qed.
Lemma in_unk s : List.In s unknowns -> unk s.
Proof.
rewrite /unknowns_of List.in_map_iff => -[[r [u b]] /= [<- /in_filter[/numbered_find h /= hu]]].
by rewrite /unknown /unknown_in h hu.
Qed.
Lemma unk_in s : unk s -> List.In s unknowns.
Proof.
move=> us; have [b h] := unk_sort us; apply/List.in_map_iff; exists (s, (true, b)); split=> //.
by apply/in_filter; split=> //; apply/numbered_find.
Qed.
Lemma unknowns_distinct j : (j < size unknowns)%N -> find (Pos.eqb (nth xH unknowns j)) unknowns = j.
Proof. by apply: (@ascending_find xH); rewrite /unknowns_of numberedE; apply: ascending_numbers. Qed.
Lemma withsP w : List.In w withs <-> PositiveMap.find w.1 (table (facts_of t)) = Some w.2 /\ mentions unk w.2.2.
Proof. by case: w => k f; rewrite /kernel.withs_of in_filter numbered_find. Qed.
Lemma withs_fact w : List.In w withs -> List.In w.2 (facts_of t) /\ mentions unk w.2.2.
Proof. by case/withsP=> h m; split=> //; exact: (table_find h). Qed.
Lemma fact_withs f : List.In f (facts_of t) -> mentions unk f.2 -> exists k, List.In (k, f) withs.
Proof. by move=> fi m; have [k h] := table_in fi; exists k; apply/withsP. Qed.
Lemma withs_distinct w v : List.In w withs -> List.In v withs -> w.1 = v.1 -> w.2 = v.2.
Proof. by move=> /withsP[h _] /withsP[h' _] E; move: h; rewrite E h' => -[]. Qed.
Lemma withs_below w : List.In w withs -> below above w.2.2.
Proof. by move=> /withs_fact[h _]; exact: facts_below. Qed.

Lemma sign_tableP s : mem (sign_table t) s <-> sgn s.
Proof.
rewrite sgn_sort /sign_table; have H m l : mem (foldl (fun m (s : positive * (bool * bool)) => if s.2.2 then PositiveMap.add s.1 true m else m) m l) s
   <-> mem m s \/ exists b, List.In (s, (b, true)) l.
  elim: l m => [|[r [u b]] l IH] m /=; first by split=> [|[//|[]]]; [left|].
  rewrite IH; case: b => /=; last first.
    split=> [[|[b h]]|[|[b [//|h]]]]; auto; right; exists b; auto.
  rewrite /mem; case: (Pos.eq_dec s r) => [->|n].
    by rewrite PositiveMap.gss; split=> // _; [right; exists u; left | left].
  rewrite PositiveMap.gso //; split=> [[h|[b h]]|[h|[b [[e _]|h]]]]; try by left.
  - by right; exists b; right.
  - by case: n; rewrite e.
  - by right; exists b.
rewrite H; split=> [[|[b /numbered_find h]]|[b /numbered_find h]]; first by rewrite /mem PositiveMap.gempty.
  by exists b.
by right; exists b.
Qed.

(* ---- exponentials ---- *)
Definition are_exps e := are_exponentials Exp (exponentials t) e.
Lemma exps_ok a : List.In a (exponentials t) -> Pos.ltb a.1 above && below above a.2 && ~~ unk a.1 && ~~ mentions unk a.2.
Proof. by move: ok => /andP[_ h]; apply: all_list h. Qed.
Lemma own_in s q : PositiveMap.find s own = Some q -> List.In (s, q) (exponentials t).
Proof. exact: value_table_in. Qed.
Lemma own_below s q : PositiveMap.find s own = Some q -> Pos.ltb s above && below above q.
Proof. by move=> /own_in/exps_ok/andP[/andP[]]. Qed.
Lemma own_valued e s q : PositiveMap.find s own = Some q -> are_exps e -> e s = Exp (peval e q).
Proof. by move=> /own_in h B; exact: (B _ h). Qed.
Lemma exps_ext e e' : (forall s, Pos.ltb s above -> e s = e' s) -> are_exps e -> are_exps e'.
Proof. by move=> H B a ai; have /andP[/andP[/andP[sa bq] _] _] := exps_ok ai; rewrite -H // (B _ ai) (below_ext bq H). Qed.
Lemma exps_known e x : (forall s, ~~ unk s -> x s = e s) -> are_exps e -> are_exps x.
Proof.
move=> H B a ai; have /andP[/andP[_ nu] nm] := exps_ok ai; rewrite H // (B _ ai); congr Exp.
by apply: peval_ext nm _ => s us; rewrite H.
Qed.
Lemma no_exponentials g : List.In g (generators t) -> exponentials t = nil.
Proof. by move: ok => /andP[/andP[_ /orP[/nilP->|/nilP->]] _]. Qed.

(* ---- generators ---- *)
Lemma generator_of g : List.In g (generators t) ->
  exists2 h, List.In (g, h) (zip (generators t) hints) & generator_ok t g h.
Proof.
move: gok => /andP[/eqP]; elim: (generators t) hints => //= a G IH [|h H] //= [sz] /andP[ah aH] [<-|gG].
  by exists h; [left|].
by have [h' i k] := IH _ sz aH gG; exists h'; [right|].
Qed.
Section Inverse.
Variables g g' : positive -> positive.
Hypothesis I : inverse_ok t g g'.
Lemma inverse_at s : Pos.ltb s above -> [/\ g (g' s) = s, Pos.ltb (g s) above, unk (g s) = unk s & sgn (g s) = sgn s].
Proof.
move=> sa; have [[u b] si] := below_numbered sa; have := all_list I si; move: si => /numbered_find si.
move=> /= /andP[/Pos.eqb_eq gg]; case G: (PositiveMap.find (g s) _) => [[u' b']|] //= /andP[/eqP eu /eqP eb].
by split=> //; rewrite ?(table_below G) // /unknown /signed /unknown_in /signed_in si G ?eu ?eb.
Qed.
Lemma facts_moved k e f : facts_move t g k -> List.In f (facts_of t) ->
  exists f', [/\ List.In f' (facts_of t), holds e f' -> holds (e \o g) f & mentions unk f.2 = mentions unk f'.2].
Proof.
move=> F fi; have [n ni] := in_numbered fi; have := all_list F ni => /=.
case E: (PositiveMap.find _ _) => [f'|] // /andP[/andP[sr si] /eqP m]; exists f'; split=> //; first exact: (table_find E).
by rewrite /holds (is_image_eval e si); case: (f.1) sr; case: (f'.1).
Qed.
End Inverse.
Lemma facts_moved_back g g' k k' e f : inverse_ok t g' g -> facts_move t g k -> facts_back t k k' -> List.In f (facts_of t) ->
  exists f', [/\ List.In f' (facts_of t), holds e f' -> holds (e \o g') f & mentions unk f.2 = mentions unk f'.2].
Proof.
move=> I F B fi; have [n ni] := in_numbered fi; have /= /andP[/Pos.eqb_eq kk /mem_find[f' f'n]] := all_list B ni.
have fi' := table_find f'n; exists f'; have := all_list F (iffRL (numbered_find _ _ _) f'n); rewrite /= kk.
move: ni => /numbered_find -> /andP[/andP[sr si] /eqP m]; split=> //.
have := is_image_eval (e \o g') si; have -> : peval ((e \o g') \o g) f'.2 = peval e f'.2.
  by apply: below_ext (facts_below fi') _ => s sa /=; have [-> _ _ _] := inverse_at I sa.
by rewrite /holds => ->; case: (f.1) sr; case: (f'.1).
Qed.

(* what a theorem assumes of all symbols *)
Definition assumed x := (forall s, sgn s -> 0 <= x s) /\ (forall f, List.In f (facts_of t) -> holds x f).
Lemma assumed_moved w x : (forall g, List.In g w -> List.In g (generators t)) -> assumed x -> assumed (moved w x).
Proof.
elim: w => //= g w IH gw ax; have [sx fx] := IH (fun h hw => gw h (or_intror hw)) ax.
have [h _ /andP[/andP[/andP[/andP[_ I] I'] F] F']] := generator_of (gw g (or_introl erefl)).
split=> [s ss|f fi]; first by have [_ _ _ sg] := inverse_at I (sgn_below ss); apply: sx; rewrite sg.
by have [f' [/fx f'h H _]] := facts_moved (moved w x) F fi; apply: H.
Qed.
Lemma exps_moved w x : (forall g, List.In g w -> List.In g (generators t)) -> are_exps x -> are_exps (moved w x).
Proof.
case: w => [|g w] H B; first exact: B.
by move=> a; rewrite (no_exponentials (H g (or_introl erefl))).
Qed.
Lemma moved_ext w x e : (forall g, List.In g w -> List.In g (generators t)) -> (forall s, Pos.ltb s above -> x s = e s) ->
  forall s, Pos.ltb s above -> moved w x s = moved w e s.
Proof.
elim: w => //= g w IH gw E s sa.
have [h _ /andP[/andP[/andP[/andP[_ I] _] _] _]] := generator_of (gw g (or_introl erefl)).
by apply: IH => // [r rw|]; [apply: gw; right | have [] := inverse_at I sa].
Qed.
Lemma moved_known w x e : (forall g, List.In g w -> List.In g (generators t)) ->
  (forall s, ~~ unk s -> x s = e s) -> forall s, Pos.ltb s above -> ~~ unk s -> moved w x s = moved w e s.
Proof.
elim: w => [|g w IH] gw E s sa us /=; first exact: E.
have [h _ /andP[/andP[/andP[/andP[_ I] _] _] _]] := generator_of (gw g (or_introl erefl)).
have [_ ga gu _] := inverse_at I sa.
by apply: IH => // [r rw|]; [apply: gw; right | rewrite gu].
Qed.
Lemma all_rows_ext e e' : (forall s, Pos.ltb s above -> e s = e' s) -> all_rows t e -> all_rows t e'.
Proof.
move=> E H w row ww rr; have := H w row ww rr; rewrite /holds.
by rewrite (below_ext (rows_below rr) (moved_ext ww E)).
Qed.

Notation Ex := (Exists unk sgn withs).

(* ---- images of rows ---- *)
Lemma no_images (Base : point R -> Prop) e k f l p : PositiveMap.find k no_rows = Some f -> Base e ->
  image_by (moves_table t) l f.2 = Some p -> holds e (f.1, p).
Proof. by rewrite PositiveMap.gempty. Qed.
Definition with_rows e := all_rows t e /\ are_exps e.
Lemma with_rows_ext e e' : (forall s, Pos.ltb s above -> e s = e' s) -> with_rows e -> with_rows e'.
Proof. by move=> H [a b]; split; [exact: all_rows_ext H a | exact: exps_ext H b]. Qed.
Lemma rows_images e k f l p : PositiveMap.find k (table (rows t)) = Some f -> with_rows e ->
  image_by (moves_table t) l f.2 = Some p -> holds e (f.1, p).
Proof.
move=> fk [ae _] I; have fr := table_find fk.
have [w ww E] : exists2 w, forall g, List.In g w -> List.In g (generators t) & forall x : point R, peval x p = peval (moved w x) f.2.
  elim: l (f.2) I => [|g l IH] q /=; first by case=> <-; exists nil.
  case G: (PositiveMap.find g _) => [m|] // /IH[w ww E].
  have /List.in_map_iff[g' [gm gi]] := table_find G; exists (g' :: w) => [h [<- //|/ww //]|x].
  by rewrite E image_eval -gm.
by have := ae w f ww fr; rewrite /holds -E.
Qed.

(* ---- the scope of rows ---- *)
Lemma rows_sane (Base : point R -> Prop) : sane above unk sgn withs Base Exp (rows_scope t).
Proof.
split=> //= [i f h|i f h|k g h|s /sign_tableP/sgn_below //|s q /own_below //]; rewrite ?(table_below h) //.
  by apply: facts_below; exact: (table_find h).
by apply: rows_below; exact: (table_find h).
Qed.
Lemma rows_hold (Base : point R -> Prop) s1 : (forall e e', (forall s, Pos.ltb s above -> e s = e' s) -> Base e -> Base e') ->
  (forall e s q, PositiveMap.find s own = Some q -> Base e -> e s = Exp (peval e q)) ->
  (forall p, process_of t = Some p -> induction_for Exp above texps Base p) ->
  run_of roots exponents t no_rows (moves_table t) (rows_scope t) s1 -> forall e, Base e -> assumed e -> forall row, List.In row (rows t) -> holds e row.
Proof.
move=> Bx Bv Bp rn e Be [se fe] row rr; have [k rk] := table_in rr.
have K : sat Base Exp (rows_scope t) e.
  split; first by split=> // s q h; exact: (Bv _ _ _ h Be).
  by split=> [s /sign_tableP/se //|i f h]; apply: fe; exact: (table_find h).
have [g _] := steps_sound withs_below unk_in in_unk unknowns_distinct withs_distinct roots_exist Bx (@no_images Base) exponential_Exp own_below Bv Bp
  (rows_sane Base) rn K.
exact: (g k).
Qed.

(* ---- the scope of exists ---- *)
Lemma act_generator a : List.In a (acts_of t hints) ->
  exists g h, [/\ a = (move_in (table g), table h.2.1), List.In g (generators t) & generator_ok t g h].
Proof.
move/List.in_map_iff=> [[g h] /= [<- gh]]; exists g, h; split=> //.
  by elim: (generators t) hints gh => [|b G IH] [|c H] //= [[<- _]|/IH]; auto.
by move: gok => /andP[_ A]; exact: (all_list A gh).
Qed.
Lemma exists_known : process_of t = None -> feasible t -> forall e i f,
  PositiveMap.find i (facts (exists_scope t hints)) = Some f ->
  (List.In f (facts_of t) /\ ~~ mentions unk f.2) \/ List.In f (rows t).
Proof.
move=> _ _ e i f h; case: (table_from_find h) => [/hide_find[h' m]|]; last by right.
by left; split=> //; exact: (table_find h').
Qed.
Lemma exists_keep a : process_of t = None -> feasible t -> List.In a (acts_of t hints) ->
  keep (sat with_rows Exp (exists_scope t hints)) (goals_hold unk sgn withs (exists_scope t hints)) a.1.
Proof.
move=> np fe /act_generator[g [h [-> gG ok']]] /=.
have := ok'; move=> /andP[/andP[/andP[/andP[_ I] I'] F] F'].
split=> e [[[Be _] _] [se fe']].
  have Bg : all_rows t (e \o move_in (table g)).
    move=> w row ww rr; have -> : moved w (e \o move_in (table g)) = moved (w ++ [:: g]) e by rewrite /moved foldr_cat.
    by apply: Be rr => k /List.in_app_iff[/ww //|[<-|//]].
  have xn := no_exponentials gG.
  split; first by split; [split=> // b; rewrite xn | move=> s q /own_in; rewrite xn].
  split=> [s /sign_tableP ss|i f fi].
    by apply: se; apply/sign_tableP; have [_ _ _ ->] := inverse_at I (sgn_below ss).
  case: (exists_known np fe e fi) => [[ff m]|rr]; last by apply: (Bg nil).
  have [f' [f'i H m']] := facts_moved e F ff; apply: H; rewrite m' in m.
  have [k fk] := table_in f'i; apply: (fe' k); rewrite /= table_from_low; last exact: (table_below fk).
  exact: hide_keep.
case=> _ X; split=> [k f|_]; first by rewrite PositiveMap.gempty.
have [x [xe x0 xf]] := X isT.
exists (fun s => if unk s then x (move_in (table h.1) s) else e s); split=> [s /negbTE-> //|s us ss|w wi].
  by rewrite us; have [_ _ u' s'] := inverse_at I' (unk_below us); apply: x0; rewrite ?u' ?s'.
have E s : Pos.ltb s above -> (x \o move_in (table h.1)) s = (if unk s then x (move_in (table h.1) s) else e s).
  move=> sa /=; case: ifPn => // us; have [_ _ u' _] := inverse_at I' sa; rewrite xe ?u' //=.
  by have [-> _ _ _] := inverse_at I sa.
have [wf wm] := withs_fact wi; have [f' [f'i H m']] := facts_moved_back x I' F F' wf.
rewrite m' in wm; have [k kw] := fact_withs f'i wm.
by move: (H (xf _ kw)); rewrite /holds (below_ext (withs_below wi) E).
Qed.
Lemma exists_sane : process_of t = None -> feasible t ->
  sane above unk sgn withs with_rows Exp (exists_scope t hints).
Proof.
move=> np fe; split=> //= [i f h|i f h|k g|s|s q|_ a].
- by case: (exists_known np fe (fun=> 0) h) => [[/facts_below]|/rows_below].
- by apply: (table_from_number _ h) => j f' /hide_find[h' _]; exact: (table_below h').
- by rewrite PositiveMap.gempty.
- by move/sign_tableP/sgn_below.
- exact: own_below.
- exact: exists_keep.
Qed.

(* ---- theorems ---- *)
Lemma no_process (Base : point R -> Prop) : process_of t = None -> forall p, process_of t = Some p -> induction_for Exp above texps Base p.
Proof. by move=> ->. Qed.
Lemma all_rows_hold s1 : process_of t = None -> run_of roots exponents t no_rows (moves_table t) (rows_scope t) s1 ->
  forall e, are_exps e -> assumed e -> all_rows t e.
Proof.
move=> np rn e be ae w row ww rr.
exact: (rows_hold exps_ext own_valued (no_process (Base := are_exps) np) rn (exps_moved ww be) (assumed_moved ww ae) rr).
Qed.

Lemma feasible_proved s1 s2 : process_of t = None -> feasible t -> run_of roots exponents t no_rows (moves_table t) (rows_scope t) s1 ->
  run_of roots exponents t (table (rows t)) (moves_table t) (exists_scope t hints) s2 -> feasible_meaning Exp t.
Proof.
move=> np fe rn1 rn2 e be se fe'; split=> [[x [xe x0 xf]] w row ww rr|ae].
  have ax : assumed x.
    split=> [s ss|f fi]; first by have [us|us] := boolP (unk s); [apply: x0 | rewrite xe //; apply: se].
    have [m|m] := boolP (mentions unk f.2); first exact: xf.
    have := fe' f fi m; rewrite /holds; have -> // : peval e f.2 = peval x f.2.
    by apply: peval_ext m _ => s us; rewrite xe.
  have := all_rows_hold np rn1 (exps_known xe be) ax ww rr; rewrite /holds; have -> // : peval (moved w x) row.2 = peval (moved w e) row.2.
  apply: (@peval_ext R (fun s => unk s || ~~ Pos.ltb s above)) => [|s]; last first.
    by rewrite negb_or negbK => /andP[us sa]; apply: moved_known.
  move: (rows_known fe rr) (below_mentions (rows_below rr)); rewrite /mentions; elim: (row.2) => //= q l IHq.
  rewrite !negb_or => /andP[n1 n2] /andP[m1 m2]; rewrite IHq // andbT.
  by elim: (q.1) n1 m1 => //= s q' IHs; rewrite !negb_or => /andP[-> /IHs H] /andP[-> /H].
pose e' s := if unk s then 0 else e s.
have ar : all_rows t e'.
  move=> w row ww rr; have := ae w row ww rr; rewrite /holds; have -> // : peval (moved w e) row.2 = peval (moved w e') row.2.
  apply: (@peval_ext R (fun s => unk s || ~~ Pos.ltb s above)) => [|s]; last first.
    by rewrite negb_or negbK => /andP[us sa]; apply: moved_known => // r /negbTE ur; rewrite /e' ur.
  move: (rows_known fe rr) (below_mentions (rows_below rr)); rewrite /mentions; elim: (row.2) => //= q l IHq.
  rewrite !negb_or => /andP[n1 n2] /andP[m1 m2]; rewrite IHq // andbT.
  by elim: (q.1) n1 m1 => //= s q' IHs; rewrite !negb_or => /andP[-> /IHs H] /andP[-> /H].
have be' : are_exps e' by apply: exps_known be => s /negbTE us; rewrite /e' us.
have K : sat with_rows Exp (exists_scope t hints) e'.
  split; first by split; [split | move=> s q h; exact: own_valued h be'].
  split=> [s /sign_tableP ss|i f h].
    by rewrite /e'; case: ifPn => // us; apply: se.
  case: (exists_known np fe e h) => [[fi m]|rr]; last by apply: (ar nil).
  have := fe' f fi m; rewrite /holds; have -> // : peval e f.2 = peval e' f.2.
  by apply: peval_ext m _ => s /negbTE us; rewrite /e' us.
have [_ /(_ isT) [x [xe x0 xf]]] := steps_sound withs_below unk_in in_unk unknowns_distinct withs_distinct roots_exist with_rows_ext rows_images
  exponential_Exp own_below (fun e s q h B => own_valued h B.2) (no_process (Base := with_rows) np) (exists_sane np fe) rn2 K.
exists x; split=> // [s us|f fi m]; first by rewrite xe // /e' (negbTE us).
by have [k kw] := fact_withs fi m; exact: (xf _ kw).
Qed.

(* ---- a process ---- *)
Section Process.
Variable p : process.
Hypothesis P : process_of t = Some p.
Lemma process_facts : process_ok above sgn texps p.
Proof. by move: ok => /andP[/andP[/andP[_ +] _] _]; rewrite P => /andP[/andP[/andP[_ po] _] _]. Qed.
Lemma texpsE : texps = state_exponentials t p.
Proof. by rewrite /texps_of P. Qed.
Lemma state_facts a : List.In a (exponentials t) -> ~~ mentions (fun s => if value_in texps s is Some _ then true else false) a.2 /\
  if value_in texps a.1 is Some q then q = a.2 else ~~ is_state p a.1 /\ ~~ mentions (is_state p) a.2.
Proof.
move=> ai; have : state_ok t p by move: ok => /andP[/andP[/andP[_ +] _] _]; rewrite P => /andP[].
move=> so; have /andP[-> h] := all_list so ai; split=> //; move: h.
by case: (value_in texps a.1) => [q /same_polyE //|/andP[]].
Qed.
Lemma texps_in s q : value_in texps s = Some q -> List.In (s, q) (exponentials t).
Proof. by move=> /value_in_list; rewrite texpsE => /in_filter[]. Qed.
Lemma reached_off e0 e1 s : reached Exp t p e0 e1 -> ~~ changes texps p s -> e1 s = e0 s.
Proof.
move: process_facts => /andP[/andP[/andP[_ up] _] _] rc; rewrite negb_or => /andP[ns nt].
have tn : value_in texps s = None by case: (value_in texps s) nt.
elim: rc => [|e' z _ IH _ _ _ _]; rewrite /with_exponentials -texpsE tn /become.
  by move: ns; rewrite /is_state; case: (value_in _ _).
case V: (value_in _ _) => [q|] //; have := all_list up (value_in_list V); by rewrite (negbTE ns).
Qed.
Lemma reached_valued e0 e1 s q : reached Exp t p e0 e1 -> value_in texps s = Some q -> e1 s = Exp (peval e1 q).
Proof.
move=> rc T; have key y : with_exponentials Exp texps y s = Exp (peval (with_exponentials Exp texps y) q).
  rewrite {1}/with_exponentials T; congr Exp.
  have [nm _] := state_facts (texps_in T); apply: peval_ext nm _ => r; rewrite /with_exponentials.
  by case: (value_in texps r).
by case: rc => [|e' z _ _ _ _ _]; rewrite -texpsE; exact: key.
Qed.
Definition reaches e0 e := (exists2 e1, reached Exp t p e0 e1 & forall s, Pos.ltb s above -> e s = e1 s) /\ are_exps e.
Lemma start_ext e0 e : (forall s, ~~ changes texps p s -> Pos.ltb s above -> e s = e0 s) ->
  forall s, Pos.ltb s above -> with_exponentials Exp texps (become (start p) e0 e0) s = with_exponentials Exp texps (become (start p) e e) s.
Proof.
move: process_facts => /andP[/andP[/andP[sp _] _] _] H s sa.
have N r : Pos.ltb r above -> value_in texps r = None -> become (start p) e0 e0 r = become (start p) e e r.
  move=> ra rn; rewrite /become; case V: (value_in _ _) => [q|]; last by rewrite H // /changes /is_state V rn.
  have /andP[/andP[ns _] bq] := all_list sp (value_in_list V).
  apply: (peval_ext (mentions_or ns (below_mentions bq))) => y; rewrite negb_or negbK => /andP[n ya]; by rewrite H.
rewrite /with_exponentials; case T: (value_in texps s) => [q|]; last exact: N.
have [nm _] := state_facts (texps_in T); have /andP[/andP[/andP[_ bq] _] _] := exps_ok (texps_in T).
congr Exp; apply: (peval_ext (mentions_or nm (below_mentions bq))) => r; rewrite negb_or negbK => /andP[n ra].
by apply: N ra _; case: (value_in texps r) n.
Qed.
Lemma process_induction e0 q : process_of t = Some q -> induction_for Exp above texps (reaches e0) q.
Proof.
rewrite P => -[<-] e Inv [[e1 rc ee] be] ext i0 step; apply: (ext e1) => [s /ee -> //|].
have off s : ~~ changes texps p s -> Pos.ltb s above -> e s = e0 s by move=> ns sa; rewrite ee // (reached_off rc).
have val e2 : reached Exp t p e0 e2 -> are_exps e2.
  move=> r2 a ai; have [nm] := state_facts ai; case T: (value_in texps a.1) => [q'|].
    by move=> <-; exact: (reached_valued r2 T).
  move=> [ns nst]; have /andP[/andP[/andP[sa bq] _] _] := exps_ok ai.
  have nc : ~~ changes texps p a.1 by rewrite negb_or ns T.
  rewrite (reached_off r2 nc) -(off _ nc sa) (be _ ai); congr Exp.
  apply: (peval_ext (mentions_or (mentions_or nst nm) (below_mentions bq))) => r; rewrite negb_or negbK => /andP[n ra].
  by rewrite (off _ n ra) (reached_off r2 n).
elim: {ee} rc => [|e' z rc IH zl zs zf zm]; rewrite -texpsE.
  by apply: (ext _ _ _ i0) => s sa; rewrite (start_ext off).
apply: (step e' z _ IH _ zl zs zf zm); first by split; [exists e' | exact: val].
by move=> s ns sa; rewrite off // (reached_off rc).
Qed.
Lemma process_proved s1 : run_of roots exponents t no_rows (moves_table t) (rows_scope t) s1 -> process_meaning Exp t p.
Proof.
move=> rn e0 e rc be se fe row rr.
have bx x x' : (forall s, Pos.ltb s above -> x s = x' s) -> reaches e0 x -> reaches e0 x'.
  by move=> H [[e1 r h] b]; split; [exists e1 => // s sa; rewrite -H ?h | exact: exps_ext H b].
have bv x s q : PositiveMap.find s own = Some q -> reaches e0 x -> x s = Exp (peval x q) by move=> h [_ b]; exact: own_valued h b.
have b : reaches e0 e by split=> //; exists e.
exact: (rows_hold bx bv (process_induction (e0 := e0)) rn b (conj se fe) rr).
Qed.
End Process.

Theorem proved_sound s1 s2 : check roots exponents t hints (Proved s1 s2) -> meaning_with Exp t.
Proof.
rewrite /check /check_by ok gok /=; case: ifP => // rn1; rewrite /meaning_with.
case P: (process_of t) => [p|]; first by move=> _; exact: process_proved rn1.
case F: (feasible t) => rn2; first exact: feasible_proved rn1 rn2.
by move=> e be se fe; apply: (all_rows_hold P rn1).
Qed.

(* ---- refutations ---- *)
Lemma no_exps : has_exponentials t = false -> exponentials t = nil.
Proof. by move/negbT; rewrite negb_or negbK => /andP[/nilP]. Qed.
Section Refuted.
Variable l : list (positive * num).
Let m := point_table l.
Definition at_point : point R := nval R \o coordinate m.
Lemma point_table_in s (x : num) : PositiveMap.find s (point_table l) = Some x -> List.In (s, x) l.
Proof.
rewrite /point_table; suff H a : PositiveMap.find s (foldl (fun m v => PositiveMap.add v.1 v.2 m) a l) = Some x ->
    PositiveMap.find s a = Some x \/ List.In (s, x) l by case/H=> //; rewrite PositiveMap.gempty.
elim: l a => [|[r q] v IH] a /=; first by left.
case/IH=> [|h]; last by right; right.
case: (Pos.eq_dec s r) => [->|n]; first by rewrite PositiveMap.gss => -[->]; right; left.
by rewrite PositiveMap.gso //; left.
Qed.
Lemma point_signs s : point_ok t m l -> sgn s -> 0 <= at_point s.
Proof.
move=> po ss; rewrite /at_point /= /coordinate; case E: (PositiveMap.find _ _) => [x|]; last by rewrite nval_int.
by have /andP[_ /orP[/negP[]//|/(npos_gt0 R)/ltW]] := all_list po (point_table_in E).
Qed.
Lemma true_atP f : true_at m f <-> holds at_point f.
Proof. by rewrite /true_at (rel_atE R) number_at_eval. Qed.

Lemma row_refuted k s : check roots exponents t hints (Refuted l (Some k) s) -> ~ meaning_with Exp t.
Proof.
rewrite /check /check_by ok gok /= negbK; case: ifP => // /no_exps xn; case E: (PositiveMap.find _ _) => [row|] //; case P: (process_of t) => [p|] //.
move=> /andP[/andP[po fs] nr]; rewrite /meaning_with P => M.
have ae : are_exps at_point by move=> a; rewrite xn.
have se s' : sgn s' -> 0 <= at_point s' by apply: point_signs.
have fe f : List.In f (facts_of t) -> holds at_point f by move=> fi; apply/true_atP; exact: (all_list fs fi).
have ar : all_rows t at_point.
  case: ifP M => _ M; last exact: (M _ ae se fe).
  have [imp _] := M at_point ae (fun s' _ h => se s' h) (fun f fi _ => fe f fi).
  by apply: imp; exists at_point; split=> // [s' _ h|f fi _]; [exact: se | exact: fe].
have := ar nil row (fun _ F => False_ind _ F) (table_find E); rewrite /= -true_atP => h.
by rewrite h in nr.
Qed.

Lemma facts_for_in (W : list (positive * fact)) acc gs : facts_for t m W acc = Some gs ->
  forall f, List.In f gs -> List.In f acc \/
  exists w q, [/\ List.In w W, poly_at (parameter_value t m) one 64 w.2.2 = Some q & f = (w.2.1, q)].
Proof.
elim: W acc => [|[n [r p]] W IH] acc /=; first by case=> <- f /in_rev; left.
case E: (poly_at _ _ _ _) => [q|] // /IH H f /H[[<-|fa]|[w [q' [wi Q F]]]]; first by right; exists (n, (r, p)), q; split=> //; left.
  by left.
by right; exists w, q'; split=> //; right.
Qed.
Lemma exists_refuted s : check roots exponents t hints (Refuted l None s) -> ~ meaning_with Exp t.
Proof.
rewrite /check /check_by ok gok /= negbK; case: ifP => // /no_exps xn; case: ifP => // /negbFE /andP[/andP[/andP[/andP[/andP[fe ng] po] pu] fs] rs].
case F: (facts_for _ _ _ _) => [l'|] //; case: ifP => // so rn.
have np : process_of t = None.
  by move: ok => /andP[/andP[/andP[_]]]; case: (process_of t) => //= p; rewrite fe.
rewrite /meaning_with np fe => M.
have ae : are_exps at_point by move=> a; rewrite xn.
have ar : all_rows t at_point.
  move=> w row ww rr; have -> : w = [::] by case: w ww => // g w /(_ g (or_introl erefl)); rewrite (nilP ng).
  by apply/true_atP; exact: (all_list rs rr).
have [x [xe x0 xf]] : exists x, [/\ forall s, ~~ unk s -> x s = at_point s, forall s, unk s -> sgn s -> 0 <= x s
               & forall f, List.In f (facts_of t) -> holds_unknown t f -> holds x f].
  apply/(M _ ae) => // [s' _|f fi nm]; first exact: point_signs.
  by apply/true_atP; apply: (all_list fs); apply/in_filter.
set st := Scope _ _ _ _ _ _ _ _ _ _ _ _ in so rn.
pose B : point R -> Prop := fun=> True.
have Bx (e e' : point R) : (forall s, Pos.ltb s above -> e s = e' s) -> B e -> B e' by [].
have Bv (e : point R) s' q : PositiveMap.find s' own = Some q -> B e -> e s' = Exp (peval e q) by move=> /own_in; rewrite xn.
have S : sane above unk sgn withs B Exp st.
  move: so => /andP[so1 so2]; split=> //= [i f|i f|k g|s'|s' q].
  - exact: (all_in_find so1).
  - by apply: table_from_number => j h; rewrite PositiveMap.gempty.
  - exact: (all_in_find so2).
  - by move/sign_tableP/sgn_below.
  - by rewrite PositiveMap.gempty.
have K : sat B Exp st x.
  split; first by split=> // s' q; rewrite PositiveMap.gempty.
  split=> [s' /sign_tableP ss|i f h].
    by have [us|us] := boolP (unk s'); [apply: x0 | rewrite xe //; apply: point_signs].
  case: (table_from_find h); first by rewrite PositiveMap.gempty.
  move=> /(facts_for_in F)[//|[w [q [wi Q ->]]]].
  have [wf wm] := withs_fact wi; have := xf _ wf wm; rewrite /holds /=.
  rewrite (poly_at_eval (x := x) _ Q) nval_one ?expr1n ?mul1r // => s'.
  by rewrite /kernel.parameter_value mul1r; case: ifPn => // us; rewrite constant_eval xe.
have [g _] := steps_sound withs_below unk_in in_unk unknowns_distinct withs_distinct roots_exist Bx (@no_images B)
  exponential_Exp own_below Bv (no_process (Base := B) np) S rn K.
have := g xH (Ge, constant minus_one) erefl; rewrite /holds constant_eval nval_minus_one /=.
by rewrite oppr_ge0 leNgt ltr01.
Qed.
End Refuted.

Theorem refuted_sound l k s : check roots exponents t hints (Refuted l k s) -> ~ meaning_with Exp t.
Proof. by case: k => [k|]; [exact: row_refuted | exact: exists_refuted]. Qed.
End Sound.

Lemma without_exponentials (R : realFieldType) (t : theorem) (E E' : R -> R) : has_exponentials t = false -> meaning_with E t -> meaning_with E' t.
Proof.
move=> /negbT; rewrite negb_or negbK => /andP[/nilP xn]; rewrite /meaning_with.
case P: (process_of t) => [p|]; last first.
  by case: ifP => _ _ M e _; apply: (M e) => a; rewrite xn.
rewrite negbK => /nilP mn M e e' rc _; apply: (M e e'); last by move=> a; rewrite xn.
elim: rc => [|e2 z _ IH zl zs zf _].
  by have := @Started R E t p e; rewrite /state_exponentials xn.
have zm : are_exponentials E (moment_exponentials p) z by move=> a; rewrite mn.
by have := Continued IH zl zs zf zm; rewrite /state_exponentials xn.
Qed.

(* The whole: over every ordered field, if no roots are used, and no exponentials where the theorem has none; else over those with
   roots, and with some exponential. *)
Theorem check_sound (R : realFieldType) (roots exponents : bool) t hints p :
  (roots -> forall a : R, 0 <= a -> exists2 w, 0 <= w & w * w = a) -> (exponents -> exists E : R -> R, exponential E) ->
  check roots exponents t hints p -> match p with Proved _ _ => meaning R t | Refuted _ _ _ => ~ meaning R t end.
Proof.
move=> re xe c; have /andP[/andP[ok gok] hx] : theorem_ok t && generators_ok t hints && (if p is Refuted _ _ _ then ~~ has_exponentials t else true).
  by move: c; rewrite /check /check_by; case: ifP => // /negbFE.
have [E XE] : exists E : R -> R, exponents -> exponential E.
  by case: (exponents) xe => [/(_ isT)[E X]|_]; [exists E | exists (fun=> 0)].
rewrite /meaning; case: p c hx => [s1 s2|l k s] c hx; last first.
  rewrite (negbTE hx) => /(without_exponentials E (negbTE hx)).
  by apply: (refuted_sound re _ ok gok c); rewrite (negbTE hx) orbF.
case nx: (has_exponentials t).
  by move=> E' X; apply: (proved_sound re _ ok gok c).
apply: (@without_exponentials _ _ E) => //; apply: (proved_sound re _ ok gok c); by rewrite nx orbF.
Qed.
Corollary check_sound_ordered (R : realFieldType) t hints p : check false false t hints p ->
  match p with Proved _ _ => meaning R t | Refuted _ _ _ => ~ meaning R t end.
Proof. exact: (@check_sound R false false). Qed.
Corollary check_sound_roots (F : rcfType) t hints p : check true false t hints p ->
  match p with Proved _ _ => meaning F t | Refuted _ _ _ => ~ meaning F t end.
Proof. by apply: check_sound => // _ a a0; exists (Num.sqrt a); rewrite ?sqrtr_ge0 // -expr2 sqr_sqrtr. Qed.
