(* steps.v -- the steps of a proof are sound: where what a scope assumes holds, its goals hold. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import rules polynomial meaning describe kernel combine exponential generate prefix dual project blocks.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Steps.
Variables (R : realFieldType) (above : positive) (unk sgn : positive -> bool) (unknowns : list positive).
Variables (withs : list (positive * fact)) (proc : option process) (roots allowed : bool) (texps : values) (own : PositiveMap.t poly).
Variables (known_rows : PositiveMap.t fact) (moves_of : PositiveMap.t (PositiveMap.t positive)).
Implicit Types (e x : point R) (st : scope).
Hypothesis withs_below : forall w, List.In w withs -> below above w.2.2.
Hypothesis unk_below : forall s, unk s -> Pos.ltb s above.
Hypothesis unk_in : forall s, unk s -> List.In s unknowns.
Hypothesis in_unk : forall s, List.In s unknowns -> unk s.
Hypothesis unknowns_distinct : forall j, (j < size unknowns)%N -> find (Pos.eqb (nth xH unknowns j)) unknowns = j.
Hypothesis withs_distinct : forall w v, List.In w withs -> List.In v withs -> w.1 = v.1 -> w.2 = v.2.
Hypothesis roots_exist : roots -> forall a : R, 0 <= a -> exists2 w, 0 <= w & w * w = a.
(* what else the theorem assumes of a point: images of rows, that the state is reached *)
Variable Base : point R -> Prop.
Hypothesis Base_ext : forall e e', (forall s, Pos.ltb s above -> e s = e' s) -> Base e -> Base e'.
Hypothesis Base_rows : forall e k f l p, PositiveMap.find k known_rows = Some f -> Base e -> image_by moves_of l f.2 = Some p -> holds e (f.1, p).
(* an exponential; those of the theorem are what they should be *)
Variable Exp : R -> R.
Hypothesis exponential_Exp : allowed -> exponential Exp.
Hypothesis own_below : forall s q, PositiveMap.find s own = Some q -> Pos.ltb s above && below above q.
Hypothesis Base_valued : forall e s q, PositiveMap.find s own = Some q -> Base e -> e s = Exp (peval e q).
(* induction, for a process *)
Hypothesis Base_process : forall p, proc = Some p -> induction_for Exp above texps Base p.

Notation Ex := (Exists unk sgn withs).
Definition sat st e := (Base e /\ valued Exp st e) /\ known st e.
Definition goals_hold st e :=
  (forall k g, PositiveMap.find k (goals st) = Some g -> holds e g) /\ (exists_goal st -> Ex e).
Definition aim st e :=
  (forall k g, PositiveMap.find k (open st) = Some g -> holds e g) /\ (exists_open st -> Ex e).

Record sane st : Prop := Sane {
  sane_above : forall s, Pos.ltb s above -> Pos.ltb s (next st);
  sane_facts : forall i f, PositiveMap.find i (facts st) = Some f -> below_fact (next st) f;
  sane_number : forall i f, PositiveMap.find i (facts st) = Some f -> Pos.ltb i (next_fact st);
  sane_goals : forall k g, PositiveMap.find k (goals st) = Some g -> below_fact (next st) g;
  sane_signs : forall s, mem (signs st) s -> Pos.ltb s (next st);
  sane_open : forall k g, PositiveMap.find k (open st) = Some g -> PositiveMap.find k (goals st) = Some g;
  sane_exists : exists_open st -> exists_goal st;
  sane_exps : forall s q, PositiveMap.find s (exps st) = Some q -> Pos.ltb s (next st) && below (next st) q;
  (* generators keep what is assumed and the goals *)
  sane_acts : symmetric st -> forall a, List.In a (acts st) -> keep (sat st) (goals_hold st) a.1
}.

Lemma holds_ext n e e' (f : fact) : below_fact n f -> (forall s, Pos.ltb s n -> e s = e' s) -> holds e f -> holds e' f.
Proof. by rewrite /holds => b E; rewrite (below_ext b E). Qed.
Lemma aim_ext st e e' : sane st -> (forall s, Pos.ltb s (next st) -> e s = e' s) -> aim st e -> aim st e'.
Proof.
move=> S E [g x]; split=> [k f fk|/x]; first exact: holds_ext (sane_goals S (sane_open S fk)) E (g _ _ fk).
by apply: (Exists_ext withs_below) => s sa; apply: E; apply: sane_above S _ sa.
Qed.
Lemma sat_ext st e e' : sane st -> (forall s, Pos.ltb s (next st) -> e s = e' s) -> sat st e -> sat st e'.
Proof.
move=> S H [[b v] [s f]]; split; first split=> [|r q rq].
- by apply: Base_ext b => r ra; apply: H; apply: sane_above S _ ra.
- have /andP[rn bq] := sane_exps S rq; by rewrite -H // (v _ _ rq) (below_ext bq H).
split=> [r mr|i g gi]; first by rewrite -H ?s //; apply: sane_signs S _ mr.
exact: holds_ext (sane_facts S gi) H (f _ _ gi).
Qed.

(* ---- adding facts ---- *)
Lemma sat_add st e l b : sat st e -> (forall f, List.In f l -> holds e f) -> sat (add_facts st b l) e.
Proof.
move=> [Be [s f]] H; split; first exact: Be; split; first exact: s; move=> i g gi.
by case: (table_from_find gi) => [/f|/H].
Qed.
Arguments sat_add {st e l b}.
Lemma sane_add st l : sane st -> all (below_fact (next st)) l -> sane (add_facts st false l).
Proof.
move=> S H; case: (S) => *; split=> // i f fi.
  by case: (table_from_find fi) => [|fl]; [apply: (sane_facts S) | apply: all_list H fl].
by apply: table_from_number fi => j g; apply: (sane_number S).
Qed.
Lemma sat_drop st b l e : sane st -> sat (add_facts st b l) e -> sat st e.
Proof.
move=> S [Be [s f]]; split; first exact: Be; split; first exact: s; move=> i g gi; apply: (f i).
by rewrite /= table_from_low //; exact: (sane_number S gi).
Qed.

(* ---- a new symbol ---- *)
Lemma updated_low e n v s : Pos.ltb s n -> updated e n v s = e s.
Proof. by rewrite /updated => h; case: ifP => // /Pos.eqb_eq E; rewrite E ltb_irr in h. Qed.
Lemma updated_self e n v : updated e n v n = v. Proof. by rewrite /updated Pos.eqb_refl. Qed.
Lemma exps_up st s q : sane st -> PositiveMap.find s (exps st) = Some q ->
  Pos.ltb s (Pos.succ (next st)) && below (Pos.succ (next st)) q.
Proof. by move=> S /(sane_exps S)/andP[/ltb_succ -> /below_up]. Qed.
Lemma sane_symbol st : sane st -> sane (with_goals (add_symbol st false) (goals st) (open st) (exists_goal st) (exists_open st) false).
Proof.
move=> S; case: (S) => A F N G Sg O X _ _; split=> //= [s /A|i f /F|k g /G|s /Sg|s q]; try exact: ltb_succ.
- exact: below_up.
- exact: below_up.
- exact: exps_up.
Qed.
(* ---- a new exponential ---- *)
Lemma sane_exponential st q : sane st -> below (next st) q -> sane (add_exponential st q).
Proof.
move=> S b; case: (S) => A F N G Sg O X _ _; split=> //= [s /A|i f /F|k g /G|s /Sg|s p]; try exact: ltb_succ.
- exact: below_up.
- exact: below_up.
case: (Pos.eq_dec s (next st)) => [->|n]; last by rewrite PositiveMap.gso //; exact: exps_up.
by rewrite PositiveMap.gss => -[<-]; rewrite ltb_self below_up.
Qed.
Lemma sat_exponential st q e : sane st -> sat st e -> below (next st) q ->
  sat (add_exponential st q) (updated e (next st) (Exp (peval e q))).
Proof.
move=> S K b; set e' := updated _ _ _.
have L s : Pos.ltb s (next st) -> e s = e' s by move=> h; rewrite /e' updated_low.
have [[Be Ve] Ke] := sat_ext S L K; split; last exact: Ke.
split=> // s p; rewrite [exps _]/=; case: (Pos.eq_dec s (next st)) => [->|n]; last by rewrite PositiveMap.gso // => /Ve.
by rewrite PositiveMap.gss => -[<-]; rewrite {1}/e' updated_self (below_ext b L).
Qed.
Lemma sane_define st l : sane st -> all (below_fact (Pos.succ (next st))) l ->
  sane (add_facts (add_symbol st false) false l).
Proof.
by move=> S H; have := sane_add (sane_symbol S) H; case=> *; split.
Qed.
Lemma define_aim st e l v (P : Prop) : sane st -> sat st e -> all (below_fact (Pos.succ (next st))) l ->
  (forall f, List.In f l -> holds (updated e (next st) v) f) ->
  (sane (add_facts (add_symbol st false) false l) -> sat (add_facts (add_symbol st false) false l) (updated e (next st) v) ->
     aim (add_facts (add_symbol st false) false l) (updated e (next st) v)) -> aim st e.
Proof.
move=> S K H L A; have E s : Pos.ltb s (next st) -> e s = updated e (next st) v s.
  by move=> h; rewrite updated_low.
have := A (sane_define S H); case=> [|g x].
  by apply: sat_add L; have [Be [s f]] := sat_ext S E K; split; [exact: Be | split; [exact: s | exact: f]].
by apply: (aim_ext S (e := updated e (next st) v)) => // s /E.
Qed.

Lemma joins_hold st a b w l js e (v : R) : known st e -> joins st a b w l = Some js ->
  (forall i f, PositiveMap.find i (facts st) = Some f -> below_fact (next st) f) ->
  (forall s, mem (signs st) s -> Pos.ltb s (next st)) -> below (next st) a -> below (next st) b ->
  w = psymbol (next st) -> v = Num.min (peval e a) (peval e b) ->
  forall f, List.In f js -> holds (updated e (next st) v) f.
Proof.
move=> K J0 fb sb ba bb W vE; rewrite {}W in J0 *; elim: l js J0 => [|[r s] l IH] js /=; first by case=> <-.
case Er: (look st r) => [[k A]|] //; case Es: (look st s) => [[m B]|] //.
case J: (joins _ _ _ _ _) => [fs|] //; case: ifP => // /nilP z [<-] f [<-|fl]; last exact: IH J _ fl.
have hA := look_holds K Er; have hB := look_holds K Es.
have dE : peval e A - peval e B = peval e a - peval e b.
  have : peval e (psub (psub A B) (psub a b)) = 0 by rewrite z.
  by rewrite !psub_eval => /eqP; rewrite subr_eq0 => /eqP.
have lB r' (q : rel * poly) : look st r' = Some q -> below (next st) q.2.
  case: r' => [i|i] /=; first exact: fb.
  by case: ifP => // mi [<-] /=; rewrite sb.
have low p : below (next st) p -> peval (updated e (next st) v) p = peval e p.
  by move=> bp; apply: below_ext bp _ => t; apply: updated_low.
have := (psub_eval (updated e (next st) v) (padd B (psymbol (next st))) b).
rewrite padd_eval psymbol_eval updated_self (low _ (lB _ _ Es)) (low _ bb) => F.
rewrite /holds F {F} vE; rewrite /holds /= in hA hB.
have EA : peval e B + peval e a - peval e b = peval e A by rewrite -addrA -dE addrC subrK.
have EB : peval e B + peval e b - peval e b = peval e B by rewrite addrK.
have W : peval e B + Num.min (peval e a) (peval e b) - peval e b = peval e A
      \/ peval e B + Num.min (peval e a) (peval e b) - peval e b = peval e B.
  by case: (leP (peval e a) (peval e b)) => _; [left | right].
have weak1 (x : R) : truth k x -> truth (weaker k m) x.
  by move=> h; have := truth_ge0 h; case: (k) h => h; case: (m).
have weak2 (x : R) : truth m x -> truth (weaker k m) x.
  by move=> h; have := truth_ge0 h; case: (m) h => h; case: (k).
by case: W => ->; [apply: weak1 | apply: weak2].
Qed.

(* ---- sort ---- *)
Lemma same_eq a b : same a b -> a = b.
Proof. by elim: a b => [|x a IH] [|y b] //= /andP[/Pos.eqb_eq -> /IH->]. Qed.
Lemma descending_holds e (x : list positive) : down (map e x) -> forall f, List.In f (descending x) -> holds e f.
Proof.
elim: x => [//|a [|b l] IH] //= /andP[ba p] f [<-|fl]; last by apply: IH fl; rewrite /down /= p.
by rewrite /holds psub_eval !psymbol_eval /= subr_ge0.
Qed.
Lemma moves_act st (x y : list positive) : moves st x y -> exists2 a, List.In a (acts st) & map a.1 x = y.
Proof.
rewrite /moves; elim: (acts st) => //= a l IH /orP[/same_eq h|/IH[b bl h]]; first by exists a; [left|].
by exists b; [right|].
Qed.

(* ---- scopes with other goals ---- *)
Lemma sane_goals_of st gs os (x o : bool) : sane st -> (forall k g, PositiveMap.find k gs = Some g -> below_fact (next st) g) ->
  (forall k g, PositiveMap.find k os = Some g -> PositiveMap.find k gs = Some g) -> (o -> x) ->
  sane (with_goals st gs os x o false).
Proof. by move=> S G O E; case: (S) => *; split. Qed.
Lemma sane_settled st : sane st -> sane (settled st).
Proof. by move=> S; case: (S) => *; split=> //= k g; rewrite PositiveMap.gempty. Qed.
Lemma sane_exists_settled st : sane st -> sane (exists_settled st).
Proof. by move=> S; case: (S) => *; split. Qed.
Lemma sane_settle st k : sane st -> sane (settle st k).
Proof.
move=> S; case: (S) => A F N G Sg O E0 Y X; split=> //= j g; case: (Pos.eq_dec j k) => [->|jk].
  by rewrite PositiveMap.grs.
by rewrite PositiveMap.gro //; apply: O.
Qed.

(* ---- dualise: the symmetry of the dual ---- *)
Lemma same_factE (f g : fact) e : same_fact f g -> holds e f <-> holds e g.
Proof.
rewrite /holds; case: f g => [r p] [s q] /andP[/= rs /nilP z].
have -> : peval e p = peval e q by apply/eqP; rewrite -subr_eq0 -psub_eval z.
by case: r rs; case: s.
Qed.
Section DualScope.
Variables (st : scope) (l : list part).
Hypotheses (S : sane st) (L : parts unk (next st) withs nil = Some l).
Let next_dual := foldl (fun n (_ : part) => Pos.succ n) (next st) l.
Lemma next_low s : Pos.ltb s (next st) -> Pos.ltb s next_dual.
Proof. by rewrite /next_dual; elim: l (next st) => //= q l' IH n /ltb_succ; apply: IH. Qed.
Lemma part_number q : List.In q l -> Pos.ltb q.1 next_dual.
Proof.
have [_ N _ _] := parts_list L; move=> /(list_nth q0)[i il <-].
apply/Pos.ltb_lt/Pos2Nat.inj_lt; rewrite N //.
have -> : Pos.to_nat next_dual = (Pos.to_nat (next st) + size l)%N.
  rewrite /next_dual; elim: l (next st) => [|a l' IH] n /=; first by rewrite addn0.
  by rewrite IH Pos2Nat.inj_succ addSnnS.
by apply/ssrnat.ltP; rewrite ltn_add2l; case: (size l) il => // n _; rewrite subSS subn0 ltnS leq_subr.
Qed.
Lemma dual_signs_old s : mem (signs st) s -> mem (dual_signs (signs st) l) s.
Proof.
rewrite /dual_signs; elim: l (signs st) => //= q l' IH M ms; apply: IH; case: ifP => // _.
by rewrite /mem; case: (Pos.eq_dec s q.1) => [->|n]; rewrite ?PositiveMap.gss ?PositiveMap.gso.
Qed.
Lemma dual_old b e : sat (dual_scope unk sgn unknowns withs st l b) e -> sat st e.
Proof.
move=> [Be [sg f]]; split; first exact: Be; split=> [s ms|i g gi]; first by apply: sg; apply: dual_signs_old.
apply: (f i); case: b {Be sg f} => /=; last by rewrite table_from_low //; exact: (sane_number S gi).
have lt := sane_number S gi.
have nl T (r : list fact) n (m : PositiveMap.t fact) : Pos.ltb T n -> Pos.ltb T (table_from n m r).1.
  by rewrite /table_from; elim: r n m => //= a r IH n m /ltb_succ; apply: IH.
by rewrite PositiveMap.gso ?table_from_low //; apply: ltb_neq; apply: nl.
Qed.

Lemma dual_sane b : scope_ok (dual_scope unk sgn unknowns withs st l b) -> sane (dual_scope unk sgn unknowns withs st l b).
Proof.
case/andP=> fo go; split=> //= [s /(sane_above S)|i f|i f|k g|s|s q /(sane_exps S)/andP[sn bq]|].
- exact: next_low.
- exact: (all_in_find fo).
- have N j (h : fact) : PositiveMap.find j (facts st) = Some h -> Pos.ltb j (next_fact st) by apply: (sane_number S).
  by case: b fo go => _ _; move=> H; apply: table_from_number H => // j h H'; apply: table_from_number H'.
- exact: (all_in_find go).
- case/dual_signs_find=> [ms|[j <- _]]; first exact: next_low (sane_signs S ms).
  by apply: part_number; apply: list_mem; case: j.
- rewrite next_low //=; apply: sub_all bq => t; apply: sub_all => r; exact: next_low.
case: b fo go => /=; rewrite ?andbF // => fo go; rewrite !andbT; have [sy|//] := boolP (symmetric st) => kl a ai.
have ks := all_list kl.
have [a0 a0i aE] : exists2 a0, List.In a0 (acts st) & a = dual_action (next st) (numbers withs (rev l) (next st)) a0.
  by elim: (acts st) ai => //= c A IH [<-|/IH[a0 ? ?]]; [exists c; [left|] | exists a0; [right|]].
have /andP[/andP[k1 k2] k3] := ks _ ai; set m := dual_signs _ _ in k1 *.
have [A1 A2] := sane_acts S sy a0i.
have low e s : Pos.ltb s (next st) -> (e \o a0.1) s = (e \o a.1) s by move=> h; rewrite aE /= h.
set D := dual_scope _ _ _ _ _ _ _ in fo go *.
have AD e : sat D e -> sat st (e \o a.1).
  by move=> De; apply: (sat_ext S (e := e \o a0.1)); [apply: low | apply: A1; exact: (@dual_old false e De)].
split=> e De; last first.
  move=> [h _]; split=> // k g; rewrite /= /one_goal; case: (Pos.eq_dec k xH) => [->|n]; last first.
    by rewrite PositiveMap.gso // PositiveMap.gempty.
  rewrite PositiveMap.gss => -[<-]; have := h xH (Ge, dual_goal l) erefl.
  have : peval e (image a.1 (dual_goal l)) = peval e (dual_goal l).
    by apply/eqP; rewrite -subr_eq0 -psub_eval (nilP k3).
  by rewrite image_eval /holds /= => ->.
have [Be [sg f]] := AD e De; have [_ [sD fD]] := De; split; first exact: Be; split=> [s|i g /=].
  case/dual_signs_find=> [/sg //|[j <- je]]; apply: sD.
  by have := all_list k1 (@list_mem _ l q0 j (ltn_ord j)); rewrite (negbTE je).
move=> h; case: (table_from_find h) => [/f //|]; rewrite flat_mapE => /List.in_map_iff[s [<- si]].
have := all_list k2 si; case: ifP => // us sf.
set cols := foldl _ _ _ in sf *.
have : holds e (dual_fact sgn cols (a.1 s)).
  have [i' I] : exists i', PositiveMap.find i' (facts D) = Some (dual_fact sgn cols (a.1 s)).
    apply: table_from_in; rewrite flat_mapE; apply/List.in_map_iff; exists (a.1 s); split=> //; exact: unk_in.
  exact: fD I.
by move/(same_factE e sf); rewrite /holds /= image_eval.
Qed.
End DualScope.

(* ---- witness ---- *)
Lemma witness_goals_in m over (W : list (positive * fact)) acc gs :
  witness_goals unk m over W acc = Some gs ->
  (forall f, List.In f acc -> List.In f gs) /\
  forall w, List.In w W -> exists2 q, poly_at (unknown_value unk m) over (degree unk w.2.2) w.2.2 = Some q & List.In (w.2.1, q) gs.
Proof.
elim: W acc => [|[n [r p]] W IH] acc /=; first by case=> <-; split=> // f fa; apply/in_rev.
case E: (poly_at _ _ _ _) => [q|] // /IH[H1 H2]; split=> [f fa|w [<-|/H2//]]; first by apply: H1; right.
by exists q => //; apply: H1; left.
Qed.
Lemma value_table_in (v : values) s p : PositiveMap.find s (value_table v) = Some p -> List.In (s, p) v.
Proof.
by rewrite /value_table => /added_values[|//]; rewrite PositiveMap.gempty.
Qed.
Lemma witness_exists e (v : values) over gs : npos over -> witness_goals unk (value_table v) over withs nil = Some gs ->
  (forall f, List.In f (value_goals sgn v ++ gs) -> holds e f) -> Ex e.
Proof.
move=> o0 W H; have [_ G] := witness_goals_in W; have op := npos_gt0 R o0.
pose x s := if unk s then (nval R over)^-1 * peval e (column s (value_table v)) else e s.
exists x; split=> [s /negbTE us|s us ss|w wi]; first by rewrite /x us.
  rewrite /x us mulr_ge0 ?invr_ge0 ?(ltW op) // /column.
  case E: (PositiveMap.find _ _) => [p|] //; apply: (H (Ge, p)).
  apply/List.in_app_iff; left; rewrite /value_goals flat_mapE; apply/List.in_map_iff; exists (s, p); split=> //.
  have := value_table_in E; elim: v {W H G x E} => //= a v IH [->|/IH i] /=; first by rewrite ss; left.
  by case: ifP => _ //; right.
have [q Q qi] := G w wi; have := H (w.2.1, q); rewrite List.in_app_iff => /(_ (or_intror qi)).
rewrite /holds /= (poly_at_eval (x := x) _ Q); first by rewrite truth_scale // exprn_gt0.
by move=> s; rewrite /unknown_value /x; case: ifP => // us; rewrite mulrA divff ?mul1r // gt_eqF.
Qed.

(* ---- invariant ---- *)
Lemma sane_symbol_of st b : sane st -> symmetric st = false -> sane (add_symbol st b).
Proof.
move=> S ns; case: (S) => A F N G Sg O E0 _ _.
have up (f : fact) : below_fact (next st) f -> below_fact (Pos.succ (next st)) f by exact: below_up.
split=> //= [s /A|i f /F|k g /G|s|s q|]; try exact: ltb_succ; try exact: up; try exact: exps_up; last by rewrite ns.
case: b => [|/Sg]; last exact: ltb_succ.
rewrite /mem; case: (Pos.eq_dec s (next st)) => [->|n]; first by move=> _; apply: ltb_self.
by rewrite PositiveMap.gso // => /Sg /ltb_succ.
Qed.
Lemma sane_symbols st bs : sane st -> symmetric st = false -> sane (foldl add_symbol st bs).
Proof. by elim: bs st => //= b bs IH st S ns; apply: IH => //; apply: sane_symbol_of. Qed.
Lemma signs_symbols st bs s m : mem (signs (foldl add_symbol st bs)) s ->
  mem (signs st) s \/ PositiveMap.find s (table_from (next st) m bs).2 = Some true.
Proof.
elim: bs st m => [|b bs IH] st m /=; first by left.
case/(IH _ (PositiveMap.add (next st) b m)) => [|]; last by right.
case: b => /=; last by left.
rewrite /mem; case: (Pos.eq_dec s (next st)) => [->|n]; last by rewrite PositiveMap.gso //; left.
by move=> _; right; rewrite /table_from /= -/(table_from _ _ _) table_from_low ?ltb_self // PositiveMap.gss.
Qed.
Lemma facts_symbols st bs : facts (foldl add_symbol st bs) = facts st.
Proof. by elim: bs st => //= b bs IH st; rewrite IH. Qed.
Lemma exps_symbols st bs : exps (foldl add_symbol st bs) = exps st.
Proof. by elim: bs st => //= b bs IH st; rewrite IH. Qed.
Lemma symbols_goals st bs : open (foldl add_symbol st bs) = open st.
Proof. by elim: bs st => //= b bs IH st; rewrite IH. Qed.
Lemma symbols_exists st bs : exists_open (foldl add_symbol st bs) = exists_open st.
Proof. by elim: bs st => //= b bs IH st; rewrite IH. Qed.
Lemma next_symbols st bs s : Pos.ltb s (next st) -> Pos.ltb s (next (foldl add_symbol st bs)).
Proof. by elim: bs st => //= b bs IH st h; apply: IH; apply: ltb_succ. Qed.
Lemma sane_hide st which : sane st -> sane (hide st which).
Proof. by move=> S; case: (S) => A F N G Sg O E0 Y X; split=> //= i f /hide_find[]; [move=> /F | move=> /N]. Qed.
Lemma facts_at_in v l gs : facts_at v l = Some gs ->
  forall f, List.In f l -> exists2 q, poly_at (value_in v) one 64 f.2 = Some q & List.In (f.1, q) gs.
Proof.
elim: l gs => [|[r p] l IH] gs //=; case E: (poly_at _ _ _ _) => [q|] //; case F: (facts_at _ _) => [gs'|] //.
move=> [<-] f [<-|/(IH _ F)[q' Q qi]]; first by exists q => //; left.
by exists q' => //; right.
Qed.
Lemma facts_become v l gs z x : facts_at v l = Some gs -> all (below_fact above) l -> (forall s, Pos.ltb s above -> z s = x s) ->
  (forall f, List.In f gs -> holds z f) -> forall f, List.In f l -> holds (become v z x) f.
Proof.
move=> F b E' H f fl; have [q Q qi] := facts_at_in F fl; have := H _ qi; rewrite /holds /= (poly_become _ Q).
have -> // : peval (become v z z) f.2 = peval (become v z x) f.2.
by apply: below_ext (all_list b fl) _ => s sa; rewrite /become; case: (value_in v s) => //; exact: E'.
Qed.
Lemma changed_sound v l st st' w z : sane st -> sat st z -> changed v st l = Some (st', w) ->
  exists z', [/\ sane st', sat st' z', forall s, Pos.ltb s (next st) -> z' s = z s
    & forall s, if value_in l s is Some q then exists2 p, value_in w s = Some p & peval z' p = Exp (peval (become v z' z') q)
      else value_in w s = None].
Proof.
elim: l st z w => [|[s0 q] l IH] st z w S K /=; first by case=> <- <-; exists z.
case Q: (poly_at _ _ _ _) => [q'|] //; case: ifP => // bq; case C: (changed _ _ _) => [[st1 w1]|] // [E1 <-]; rewrite {}E1 in C.
have [z' [S' K' L V]] := IH _ _ _ (sane_exponential S bq) (sat_exponential S K bq) C.
have L' s : Pos.ltb s (next st) -> z' s = z s by move=> h; rewrite L ?updated_low //=; exact: ltb_succ.
exists z'; split=> // s /=; case: (Pos.eqb s s0); last exact: V.
exists (psymbol (next st)) => //; rewrite psymbol_eval L /=; last exact: ltb_self.
rewrite updated_self -(poly_become _ Q); congr Exp; apply: (below_ext bq) => r h; by rewrite L'.
Qed.
Lemma changed_scope_sound v st fs st' z x : sane st -> sat st z -> changed_scope texps v st fs = Some st' -> all (below_fact above) fs ->
  (forall s q r, value_in v s = Some q -> value_in texps s = Some r -> False) ->
  (forall a, List.In a v -> below (next st) a.2) -> (forall a, List.In a texps -> below above a.2) ->
  (forall s, Pos.ltb s above -> z s = x s) -> (sane st' -> forall e, sat st' e -> aim st' e) ->
  forall f, List.In f fs -> holds (with_exponentials Exp texps (become v z x)) f.
Proof.
move=> S K; rewrite /changed_scope; case C: (changed _ _ _) => [[st1 w]|] //; case F: (facts_at _ _) => [g|] //.
case: ifP => // bg [<-] bfs vt vb tb zx A f fl.
have [z' [S1 K1 L W]] := changed_sound S K C.
have Si : sane (with_goals st1 (table g) (table g) false false false) by apply: (sane_goals_of S1) => // k h; apply: (all_in_find bg).
have [G _] := A Si z' K1.
apply: (holds_ext (all_list bfs fl) (changed_at (sane_above S) vt vb tb L zx W)).
apply: (facts_become F bfs) fl => [s sa|h hl]; first by rewrite L ?zx //; exact: sane_above S _ sa.
by have [k hk] := table_in hl; exact: (G k).
Qed.
Lemma sane_step st p fs : sane st -> all (below_fact (next (step_scope texps own st p fs))) (moment_facts p ++ fs) ->
  all (fun a => Pos.ltb a.1 (next (step_scope texps own st p fs)) && below (next (step_scope texps own st p fs)) a.2) (moment_exponentials p) ->
  sane (step_scope texps own st p fs).
Proof.
move=> S bm bx; apply: sane_add => //.
have S' := sane_symbols (moments p) (sane_hide (changes texps p) S) erefl.
case: (S') => A F N G Sg O E0 _ _; split=> // s q; rewrite [exps _]/= => /added_values[h|h]; last exact: (all_list bx h).
have /andP[sa bq] := own_below h; apply/andP; split; first exact: A.
by apply: sub_all bq => t; apply: sub_all => r; exact: A.
Qed.
Lemma invariant_sound st p fs st1 st2 e : proc = Some p -> sane st -> sat st e -> invariant_scopes above sgn texps own st p fs = Some (st1, st2) ->
  (sane st1 -> forall x, sat st1 x -> aim st1 x) -> (sane st2 -> forall x, sat st2 x -> aim st2 x) ->
  all (below_fact (next st)) fs /\ forall f, List.In f fs -> holds e f.
Proof.
move=> P S Ke; rewrite /invariant_scopes; case: ifP => //.
case/andP=> /andP[/andP[/andP[/andP[/andP[/andP[_ /Pos.eqb_eq na] pok] bfs] nsg] bm] bx] bu.
case C1: (changed_scope _ _ _ _) => [s1|] //; case C2: (changed_scope _ _ _ _) => [s2|] // [<- <-] A1 A2.
rewrite na; split=> //; move: pok => /andP[/andP[/andP[sp up] _] tx].
have tb a : List.In a texps -> below above a.2 by move=> /(all_list tx)/andP[].
have ts s r : value_in texps s = Some r -> ~~ is_state p s by move=> /value_in_list/(all_list tx)/andP[].
have v1 s q r : value_in (start p) s = Some q -> value_in texps s = Some r -> False.
  by move=> h /ts; rewrite /is_state h.
have v2 s q r : value_in (update p) s = Some q -> value_in texps s = Some r -> False.
  by move=> /value_in_list/(all_list up) /= h /ts; rewrite h.
have Kh : sat (hide st (changes texps p)) e.
  have [Be [sg f]] := Ke; split; first exact: Be; split; first exact: sg; move=> i g /hide_find[+ _]; exact: f.
apply: (Base_process P (Inv := fun x => forall f, List.In f fs -> holds x f) Ke.1.1).
- by move=> x x' H' H f fl; apply: (holds_ext (all_list bfs fl) H' (H f fl)).
- apply: (changed_scope_sound (sane_hide (changes texps p) S) Kh C1 bfs v1) => // a /(all_list sp)/andP[_].
  by rewrite [next _]/= na.
move=> x z Bx Ix off zx zm mf mx.
apply: (changed_scope_sound (sane_step S bm bx) _ C2 bfs v2) => //; last by move=> a /(all_list bu).
have E' y : ~~ changes texps p y -> Pos.ltb y above -> z y = e y by move=> ns sa; rewrite zx // off.
have Bz : Base z by apply: (@Base_ext x z _ Bx) => y ya; rewrite zx.
apply: sat_add => [|f /List.in_app_iff[/mf //|fl]]; last first.
  by apply: (holds_ext (all_list bfs fl) _ (Ix f fl)) => y sa ; rewrite zx.
split; first split=> // s q.
  by rewrite [exps _]/= => /added_values[h|h]; [exact: Base_valued h Bz | exact: (mx _ h)].
split=> [y|i f]; rewrite /=; last first.
  rewrite facts_symbols => /hide_find[fi ns].
  have bf : below above f.2 by have := sane_facts S fi; rewrite /below_fact na.
  have := (Ke.2).2 _ _ fi; rewrite /holds; have -> // : peval e f.2 = peval z f.2.
  apply: (peval_ext (mentions_or ns (below_mentions bf))) => y; rewrite negb_or negbK => /andP[n sa]; by rewrite E'.
case/(@signs_symbols _ _ y (PositiveMap.empty _)) => [ms|]; last by rewrite /= na; apply: zm.
have sa : Pos.ltb y above by have := sane_signs S ms; rewrite na.
rewrite E' //; first exact: (Ke.2).1.
have N q : List.In (y, q) (start p ++ texps) -> False by move=> /(all_list nsg); rewrite ms.
apply/negP => /orP[]; rewrite ?/is_state; case T: (value_in _ y) => [q|] // _; apply: (N q); apply/List.in_app_iff.
  by left; exact: value_in_list T.
by right; exact: value_in_list T.
Qed.

(* ---- all steps ---- *)
Lemma symmetric_keep st : sane st -> symmetric st -> forall a, List.In a (acts st) -> keep (sat st) (goals_hold st) a.1.
Proof. by move=> S; apply: sane_acts. Qed.
Lemma aim_of_goals st : sane st -> forall e, goals_hold st e -> aim st e.
Proof.
by move=> S e [g x]; split=> [k f /(sane_open S)|/(sane_exists S)]; [apply: g | apply: x].
Qed.
Lemma settled_aim st e : aim st e -> aim (settled st) e. 
Proof. by move=> _; split=> // k g; rewrite PositiveMap.gempty. Qed.

Notation Run := (run above unk sgn unknowns withs proc roots allowed texps own known_rows moves_of).
Theorem steps_sound s st : sane st -> Run st s -> forall e, sat st e -> aim st e.
Proof.
elim: s st => [|[k|g] c s IH|a s IH|a b l s IH|a d s IH|r s IH|x s1 IH1 s IH|p s1 IH1 s2 IH2 s IH
  |s1 IH1 b s2 IH2 s IH|v over s1 IH1 s IH|fs s1 IH1 s2 IH2 s IH|l s1 IH1 s IH|k by_ s IH|x l s IH|[k|g] x y b order s IH|ks s1 IH1 s IH
  |q s IH|s0 m s IH|a b s IH] st S.
- (* the end of a scope *)
  rewrite /= /closed; case: ifP => // xo cl e [_ K]; split=> [k g gk|]; last by rewrite xo.
  have := all_in_find cl gk; exact: (rest_holds K).
- (* combine, a goal *)
  move=> /=; case E: (PositiveMap.find k (goals st)) => [g|] //; case: ifP => // ok rn e Ke.
  have [G X] := IH _ (sane_settle k S) rn e Ke; split=> // j f fj.
  case: (Pos.eq_dec j k) => [jk|jk]; last by apply: (G j); rewrite /= PositiveMap.gro.
  have := sane_open S fj; rewrite jk E => -[<-]; exact: (combine_sound Ke.2 ok).
- (* combine, a new fact *)
  move=> /=; case: ifP => // /andP[bg ok] rn e Ke.
  have Ka : sat (add_facts st false [:: g]) e by apply: (sat_add Ke) => f [<-|//]; apply: (combine_sound Ke.2 ok).
  by have [] := IH _ (sane_add S (_ : all _ [:: g])) rn e Ka; rewrite ?/all ?/below_fact ?bg.
- (* define, a term *)
  move=> /=; case: ifP => // /andP[ba bf] rn e Ke.
  apply: (@define_aim st e [:: (Eq, psub (psymbol (next st)) a)] (peval e a) True S Ke) => [|f [<-|//]|Sd Kd]; first by rewrite /= andbT.
    by rewrite /holds psub_eval psymbol_eval updated_self (below_ext ba (updated_low e (peval e a))) /= subrr.
  exact: (IH _ Sd rn _ Kd).
- (* define, a minimum *)
  move=> /=; case J: (joins _ _ _ _ _) => [js|] //; case: ifP => // /andP[/andP[ba bb] bf] rn e Ke.
  set fs := [:: _, _ & js] in bf rn; pose w := Num.min (peval e a) (peval e b).
  apply: (@define_aim st e fs w True S Ke) => [//|f|Sd Kd]; last exact: (IH _ Sd rn _ Kd).
  have la p : below (next st) p -> peval (updated e (next st) w) p = peval e p.
    by move=> bp; apply: (below_ext bp) => t ; apply: updated_low.
  have hw : w <= peval e a /\ w <= peval e b by rewrite /w !le_minl !lexx orbT.
  case=> [<-|[<-|fj]].
  + by rewrite /holds psub_eval psymbol_eval updated_self la //= subr_ge0 hw.1.
  + by rewrite /holds psub_eval psymbol_eval updated_self la //= subr_ge0 hw.2.
  + exact: (joins_hold Ke.2 J (@sane_facts _ S) (@sane_signs _ S) ba bb erefl erefl fj).
- (* define, a quotient *)
  move=> /=; case Ed: (look st d) => [[[] p]|] //; case: ifP => // /andP[/andP[ba bp] bf] rn e Ke.
  have p0 : 0 < peval e p := look_holds Ke.2 Ed.
  apply: (@define_aim st e [:: (Eq, psub (pmul p (psymbol (next st))) a)] (peval e a / peval e p) True S Ke) => [|f [<-|//]|Sd Kd].
  + by rewrite /= andbT.
  + rewrite /holds psub_eval pmul_eval psymbol_eval updated_self.
    rewrite !(below_ext _ (updated_low e (peval e a / peval e p))) //= mulrCA divff ?mulr1 ?subrr //.
    by rewrite gt_eqF.
  exact: (IH _ Sd rn _ Kd).
- (* define, a root *)
  move=> /=; case Er: (look st r) => [[k a]|] //; case: ifP => // /andP[/andP[ro ba] bf] rn e Ke.
  have a0 := truth_ge0 (look_holds Ke.2 Er); rewrite /= in a0.
  have [w w0 ww] := roots_exist ro a0.
  apply: (@define_aim st e [:: (Ge, psymbol (next st)); (Eq, psub (pmul (psymbol (next st)) (psymbol (next st))) a)] w True S Ke bf) => [f [<-|[<-|//]]|Sd Kd]; last exact: (IH _ Sd rn _ Kd).
    by rewrite /holds psymbol_eval updated_self.
  by rewrite /holds psub_eval pmul_eval !psymbol_eval updated_self (below_ext ba (updated_low e w)) /= ww subrr.
- (* sort *)
  move=> /=; case: ifP => // /andP[/andP[/andP[/andP[/andP[/andP[sy x1] dx] bx] mx] mr] bf].
  case: ifP => // rn1 rn e Ke.
  have [t ta tx] := moves_act mx; have [c ca cx] := moves_act mr.
  have G : goals_hold st e.
    apply: (sort_rule (sane_acts S sy ta) (sane_acts S sy ca) _ cx) Ke.
      by rewrite tx; case: (x) => [|? []].
    move=> e' Ke' dn; set inner := add_facts _ _ _ in rn1.
    have Si : sane inner.
      by apply: (@sane_add (with_goals _ _ _ _ _ _) (descending x) _ bf); exact: (sane_goals_of S (@sane_goals _ S)).
    have Ki : sat inner e' by apply: (sat_add Ke' (descending_holds dn)).
    by have [g y] := IH1 _ Si rn1 e' Ki; split; [exact: g | exact: y].
  exact: aim_of_goals.
- (* split *)
  move=> /=; case: ifP => // /andP[bp bn]; case: ifP => // rn1; case: ifP => // rn2 rn e Ke.
  have Sw : sane (with_goals st (goals st) (open st) (exists_goal st) (exists_open st) false).
    by apply: (sane_goals_of S (@sane_goals _ S) (@sane_open _ S) (@sane_exists _ S)).
  have [p0|p0] := leP 0 (peval e p).
    have Ki : sat (add_facts (with_goals st (goals st) (open st) (exists_goal st) (exists_open st) false) false [:: (Ge, p)]) e.
      by apply: (@sat_add (with_goals _ _ _ _ _ _) e [:: _] false Ke) => f [<-|//].
    by have := IH1 _ (sane_add Sw (_ : all _ [:: (Ge, p)])) rn1 e Ki; rewrite /= /below_fact /= bp; apply.
  have Ki : sat (add_facts (with_goals st (goals st) (open st) (exists_goal st) (exists_open st) false) false [:: (Gt, pscale minus_one p)]) e.
    apply: (@sat_add (with_goals _ _ _ _ _ _) e [:: _] false Ke) => f [<-|//].
    by rewrite /holds pscale_eval nval_minus_one mulN1r /= oppr_gt0.
  by have := IH2 _ (sane_add Sw (_ : all _ [:: (Gt, pscale minus_one p)])) rn2 e Ki; rewrite /= /below_fact /= bn; apply.
- (* dualise *)
  move=> /=; case: ifP => // xg; case L: (parts _ _ _ _) => [l|] //; case: ifP => // so1; case: ifP => // rn1.
  case: ifP => // _; case: ifP => // rn2 rn e Ke.
  have Bm (y : 'I_(size l) -> R) : Base (with_multipliers st e y) /\ valued Exp st (with_multipliers st e y).
    by apply: (proj1 (sat_ext S _ Ke)) => r ra; rewrite with_multipliers_low.
  have X : Ex e.
    apply: (dual_exists withs_below unk_in in_unk unknowns_distinct L (sane_above S) Ke.2 (@sane_facts _ S) (@sane_signs _ S)).
      move=> y Ky; have Kd : sat (dual_scope unk sgn unknowns withs st l false) (with_multipliers st e y) by split; [exact: Bm|exact: Ky].
      by have [g _] := IH1 _ (dual_sane S L so1) rn1 _ Kd; apply: (g xH).
    move=> h y Ky; rewrite h in rn2; move: rn2; case: ifP => // so2 rn2.
    have Kd : sat (dual_scope unk sgn unknowns withs st l true) (with_multipliers st e y) by split; [exact: Bm|exact: Ky].
    by have [g _] := IH2 _ (dual_sane S L so2) rn2 _ Kd; apply: (g xH).
  by have [g _] := IH _ (sane_exists_settled S) rn e Ke; split.
- (* witness *)
  move=> /=; case: ifP => // /negbT; rewrite !negb_or !negbK => /andP[/andP[xg o0] _].
  case W: (witness_goals _ _ _ _ _) => [l|] //; case: ifP => // bg; case: ifP => // rn1 rn e Ke.
  set gs := table _ in bg rn1.
  have Si : sane (with_goals st gs gs false false false).
    by apply: (sane_goals_of S) => // k g ; apply: (all_in_find bg).
  have [g _] := IH1 _ Si rn1 e Ke.
  have X : Ex e.
    by apply: (witness_exists o0 W) => f fl; have [k fk] := table_in fl; apply: (g k).
  by have [g' _] := IH _ (sane_exists_settled S) rn e Ke; split.
- (* invariant *)
  move=> /=; case P: proc => [p|] //; case V: (invariant_scopes _ _ _ _ _ _ _) => [[st1 st2]|] //.
  case: ifP => // rn1; case: ifP => // rn2 rn e Ke; rewrite -P in rn rn1 rn2.
  have [bfs I] := invariant_sound P S Ke V (fun S1 => IH1 _ S1 rn1) (fun S2 => IH2 _ S2 rn2).
  by have [g x] := IH _ (sane_add S bfs) rn e (sat_add Ke I); split.
- (* project *)
  move=> /=; case: ifP => // /negbFE xg; case El: (eliminate_all _ _ _ _ _ _ _) => [sys|] //.
  case Le: (rows_left _ _) => [fs|] //; case: ifP => // bg; case: ifP => // rn1 rn e Ke.
  have Si : sane (with_goals st (table fs) (table fs) false false false).
    by apply: (sane_goals_of S) => // k g ; apply: (all_in_find bg).
  have [g _] := IH1 _ Si rn1 e Ke.
  have X : Ex e.
    by apply: (project_exists Ke.2 El Le unk_in) => f fl; have [k fk] := table_in fl; apply: (g k).
  by have [g' _] := IH _ (sane_exists_settled S) rn e Ke; split.
- (* image *)
  move=> /=; case F: (PositiveMap.find k known_rows) => [[r p]|] //; case I: (image_by _ _ _) => [q|] //; case: ifP => // bq rn e Ke.
  have Ka : sat (add_facts st false [:: (r, q)]) e.
    by apply: (sat_add Ke) => f [<-|//]; apply: (Base_rows F Ke.1.1 I).
  by have [] := IH _ (sane_add S (_ : all _ [:: (r, q)])) rn e Ka; rewrite ?/all ?/below_fact ?bq.
- (* generate *)
  move=> /=; case Rw: (rows_of st x l) => [rows|] //; case D: (describe _ _) => [[rs ls]|] //; case: ifP => // /andP[bx bf] rn e Ke.
  have [e' [low sg fs]] := generate_sound Ke.2 Rw D bx.
  have Sa : sane (asymmetric st) by apply: (sane_goals_of S (@sane_goals _ S) (@sane_open _ S) (@sane_exists _ S)).
  have Sg : sane (add_generators st rs ls) by apply: sane_symbols.
  have [Be [s0 f0]] := sat_ext S (fun s h => esym (low s h)) Ke.
  have Kg : sat (add_generators st rs ls) e'.
    split; first by split; [exact: Be.1 | move=> s1 q; rewrite /add_generators exps_symbols; exact: Be.2].
    split=> [r /sg[/s0 //|//]|i f].
    by rewrite /add_generators (symbols_facts _ _).1 => /f0.
  have A := IH _ (sane_add Sg bf) rn e' (sat_add Kg fs).
  apply: (aim_ext S low); have [g xx] := A; split=> [k f fk|xo].
    by apply: (g k); rewrite /= /add_generators symbols_goals.
  by apply: xx; rewrite /= /add_generators symbols_exists.
- (* prefix, a goal *)
  move=> /=; case E: (PositiveMap.find k (goals st)) => [g|] //; case: ifP => // ok rn e Ke.
  have [G X] := IH _ (sane_settle k S) rn e Ke; split=> // j f fj.
  case: (Pos.eq_dec j k) => [jk|jk]; last by apply: (G j); rewrite /= PositiveMap.gro.
  have := sane_open S fj; rewrite jk E => -[<-]; exact: (prefix_sound Ke.2 ok).
- (* prefix, a new fact *)
  move=> /=; case: ifP => // /andP[bg ok] rn e Ke.
  have Ka : sat (add_facts st false [:: g]) e by apply: (sat_add Ke) => f [<-|//]; apply: (prefix_sound Ke.2 ok).
  by have [] := IH _ (sane_add S (_ : all _ [:: g])) rn e Ka; rewrite ?/all ?/below_fact ?bg.
- (* block *)
  move=> /=; case: ifP => // /negbFE xg; case Bl: (blocks_of _ _ _ _) => [b|] //; case Se: (sets_of _ _ _) => [sets|] //.
  case: ifP => // bg; case: ifP => // rn1 rn e Ke; set gs := table _ in bg rn1.
  have Si : sane (with_goals st gs gs false false false).
    by apply: (sane_goals_of S) => // k g ; apply: (all_in_find bg).
  have G e' : sat st e' -> forall f, List.In f (block_goals b sets) -> holds e' f.
    by move=> Ke' f fl; have [k fk] := table_in fl; have [g _] := IH1 _ Si rn1 e' Ke'; apply: (g k).
  have X : Ex e.
    apply: (blocks_exist withs_distinct Bl) => [u /List.in_map_iff[v [<- vi]]|].
      by apply: (G e Ke (Ge, v.2.2.2)); apply/List.in_app_iff; left; apply/List.in_map_iff; exists v.
    apply: (sets_sound (@blocks_sets R _ _ _ _ _ Bl) erefl Se _ _ Ke) => [sy a ai|e' Ke' s' si].
      exact: (sane_acts S sy ai).1.
    by apply: (G e' Ke' (Ge, _)); apply/List.in_app_iff; right; apply/List.in_map_iff; exists s'.
  by have [g' _] := IH _ (sane_exists_settled S) rn e Ke; split.
- (* exponential, a symbol *)
  move=> /=; case: ifP => // /andP[_ bq] rn e Ke.
  have [g x] := IH _ (sane_exponential S bq) rn _ (sat_exponential S Ke bq).
  by apply: (aim_ext S (e := updated e (next st) (Exp (peval e q)))) => [r h|]; [exact: updated_low | split; [exact: g | exact: x]].
- (* exponential, a bound *)
  move=> /=; case X: (PositiveMap.find s0 (exps st)) => [q|] //; case: ifP => // /andP[al bf] rn e Ke.
  have Ka : sat (add_facts st false [:: exponential_bound s0 q m]) e.
    by apply: (sat_add Ke) => f [<-|//]; apply: (bound_holds (exponential_Exp al)); exact: (Ke.1.2 _ _ X).
  have Sa : sane (add_facts st false [:: exponential_bound s0 q m]) by apply: sane_add => //; rewrite /all bf.
  by have [g x] := IH _ Sa rn e Ka; split.
- (* exponential, a product *)
  move=> /=; case A: (exponent_sum st a) => [q|] //; case B: (exponent_sum st b) => [r|] //.
  case: ifP => // /andP[/andP[al z] bf] rn e Ke.
  have Ka : sat (add_facts st false [:: equal_powers a b]) e.
    by apply: (sat_add Ke) => f [<-|//]; exact: (powers_hold (exponential_Exp al) Ke.1.2 A B z).
  have Sa : sane (add_facts st false [:: equal_powers a b]) by apply: sane_add => //; rewrite /all bf.
  by have [g x] := IH _ Sa rn e Ka; split.
Qed.
End Steps.
