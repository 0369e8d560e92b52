(* polynomial.v -- numbers, products of symbols and polynomials of certificates, and what they mean over
   an ordered field.  Data are plain binary integers and lists (Coq's standard library), so that
   vm_compute and the extracted program run them. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* ---------------- data ---------------- *)
Definition num : Type := Z * positive.           (* a fraction *)
Definition mono := list positive.                (* symbols in ascending order *)
Definition poly := list (mono * num).            (* ascending; by degree, then by the first difference *)
Inductive rel := Ge | Gt | Eq.                   (* poly >= 0, > 0, = 0 *)
Definition fact : Type := rel * poly.

(* ---------------- numbers ---------------- *)
Definition int (z : Z) : num := (z, xH).
Definition one : num := int (Zpos xH).
Definition minus_one : num := int (Zneg xH).
Definition lowest (x : num) : num :=
  match x with
  | (Z0, _) => int Z0
  | (Zpos a, p) => let '(_, (a', p')) := Pos.ggcd a p in (Zpos a', p')
  | (Zneg a, p) => let '(_, (a', p')) := Pos.ggcd a p in (Zneg a', p')
  end.
Definition nadd (x y : num) : num :=
  match x, y with
  | (a, xH), (b, xH) => (Z.add a b, xH)
  | (a, p), (b, q) => lowest (Z.add (Z.mul a (Zpos q)) (Z.mul b (Zpos p)), Pos.mul p q)
  end.
Definition nmul (x y : num) : num :=
  match x, y with
  | (a, xH), (b, xH) => (Z.mul a b, xH)
  | (a, p), (b, q) => lowest (Z.mul a b, Pos.mul p q)
  end.
Definition nopp (x : num) : num := (Z.opp x.1, x.2).
Definition npos (x : num) : bool := if x.1 is Zpos _ then true else false.
Definition nzero (x : num) : bool := if x.1 is Z0 then true else false.

(* ---------------- products and polynomials ---------------- *)
Fixpoint mcmp (a b : mono) (d : comparison) : comparison :=
  match a, b with
  | nil, nil => d
  | nil, _ => Lt
  | _, nil => Datatypes.Gt
  | x :: a', y :: b' => mcmp a' b' (match d with Datatypes.Eq => Pos.compare x y | _ => d end)
  end.

Fixpoint mmul (a : mono) : mono -> mono :=
  match a with
  | nil => fun b => b
  | x :: a' => fix aux (b : mono) : mono :=
      match b with
      | nil => a
      | y :: b' => if Pos.leb x y then x :: mmul a' b else y :: aux b'
      end
  end.

(* Lists are built backwards and turned, so that the extracted program needs no deep stack. *)
Fixpoint merge_onto (p : poly) : poly -> poly -> poly :=
  match p with
  | nil => fun q acc => catrev acc q
  | (m, c) :: p' => fix aux (q acc : poly) : poly :=
      match q with
      | nil => catrev acc p
      | (m', c') :: q' =>
          match mcmp m m' Datatypes.Eq with
          | Lt => merge_onto p' q ((m, c) :: acc)
          | Datatypes.Gt => aux q' ((m', c') :: acc)
          | Datatypes.Eq =>
              let s := nadd c c' in
              if nzero s then merge_onto p' q' acc else merge_onto p' q' ((m, s) :: acc)
          end
      end
  end.
Definition padd (p q : poly) : poly := merge_onto p q nil.
Definition flat_map A B (f : A -> B) (s : list A) : list B := rev (foldl (fun acc x => f x :: acc) nil s).

(* balanced sum of many polynomials: a binary counter of partial sums *)
Definition sum := list (option poly).
Fixpoint push (st : sum) (p : poly) : sum :=
  match st with
  | nil => [:: Some p]
  | None :: st' => Some p :: st'
  | Some p' :: st' => None :: push st' (padd p' p)
  end.
Fixpoint flush (st : sum) (acc : poly) : poly :=
  match st with
  | nil => acc
  | None :: st' => flush st' acc
  | Some p :: st' => flush st' (padd p acc)
  end.

Definition tmul (m : mono) (c : num) (q : poly) : poly :=
  flat_map (fun t => (mmul m t.1, nmul c t.2)) q.
Definition push_product (st : sum) (p q : poly) : sum := foldl (fun st t => push st (tmul t.1 t.2 q)) st p.
Definition pmul (p q : poly) : poly := flush (push_product nil p q) nil.
Definition pscale (c : num) (q : poly) : poly := tmul nil c q.
Definition constant (c : num) : poly := if nzero c then nil else [:: (nil, c)].
Definition psymbol (s : positive) : poly := [:: ([:: s], one)].
Definition psub (p q : poly) : poly := padd p (pscale minus_one q).

(* sorted and collected form of any polynomial; the operations above keep it *)
Definition sorted_mono (m : mono) : mono := foldr (fun v a => mmul [:: v] a) nil m.
Fixpoint image_runs (g : positive -> positive) (p run : poly) (st : sum) : sum :=       (* ascending runs; the run backwards *)
  match p with
  | nil => push st (rev run)
  | (m, c) :: p' =>
      let m' := match m with [:: s] => [:: g s] | _ => sorted_mono (map g m) end in
      match run with
      | (m0, _) :: _ => if mcmp m0 m' Datatypes.Eq is Lt then image_runs g p' ((m', c) :: run) st
                        else image_runs g p' [:: (m', c)] (push st (rev run))
      | nil => image_runs g p' [:: (m', c)] st
      end
  end.
Definition image (g : positive -> positive) (p : poly) : poly := flush (image_runs g p nil nil) nil.

(* Sums of very many terms, of one symbol most of them: those in a map by their symbols, since to find a symbol there costs
   less than to compare it once for each time that the number of terms can be halved; the others as above. *)
Definition total : Type := PositiveMap.t num * sum.
Fixpoint plus (c : num) (s : positive) (m : PositiveMap.t num) {struct s} : PositiveMap.t num :=
  match m, s with
  | PositiveMap.Leaf, xH => PositiveMap.Node (PositiveMap.Leaf _) (Some c) (PositiveMap.Leaf _)
  | PositiveMap.Leaf, xO i => PositiveMap.Node (plus c i (PositiveMap.Leaf _)) None (PositiveMap.Leaf _)
  | PositiveMap.Leaf, xI i => PositiveMap.Node (PositiveMap.Leaf _) None (plus c i (PositiveMap.Leaf _))
  | PositiveMap.Node l o r, xH => PositiveMap.Node l (Some (if o is Some a then nadd a c else c)) r
  | PositiveMap.Node l o r, xO i => PositiveMap.Node (plus c i l) o r
  | PositiveMap.Node l o r, xI i => PositiveMap.Node l o (plus c i r)
  end.
Definition no_terms : total := (PositiveMap.Leaf _, nil).
(* and a term times a polynomial, or a polynomial times a polynomial *)
Definition add_term (m : mono) (c : num) (r : PositiveMap.t num * poly) (t : mono * num) : PositiveMap.t num * poly :=
  match mmul m t.1 with
  | [:: s] => (plus (nmul c t.2) s r.1, r.2)
  | m' => (r.1, (m', nmul c t.2) :: r.2)
  end.
Definition add_times (st : total) (m : mono) (c : num) (p : poly) : total :=
  let r := foldl (add_term m c) (st.1, nil) p in
  (r.1, if r.2 is nil then st.2 else push st.2 (rev r.2)).
Definition add_product (st : total) (p q : poly) : total := foldl (fun st t => add_times st t.1 t.2 q) st p.
(* the terms that are not 0, in any order *)
Fixpoint single_terms (m : PositiveMap.t num) (path : positive -> positive) (acc : poly) : poly :=
  match m with
  | PositiveMap.Leaf => acc
  | PositiveMap.Node l o r =>
      let acc := single_terms r (fun i => path (xI i)) acc in
      let acc := if o is Some c then if nzero c then acc else ([:: path xH], c) :: acc else acc in
      single_terms l (fun i => path (xO i)) acc
  end.
Definition terms_of (st : total) : poly := single_terms st.1 id (flush st.2 nil).
(* is q the image of p?  It has the same terms as a rule, in the same order after sorting. *)
Fixpoint same_mono (a b : mono) : bool :=
  match a, b with nil, nil => true | x :: a', y :: b' => Pos.eqb x y && same_mono a' b' | _, _ => false end.
Fixpoint same_poly (p q : poly) : bool :=
  match p, q with
  | nil, nil => true
  | (m, c) :: p', (n, d) :: q' => same_mono m n && Z.eqb c.1 d.1 && Pos.eqb c.2 d.2 && same_poly p' q'
  | _, _ => false
  end.
Definition is_image (g : positive -> positive) (p q : poly) : bool :=
  if all (fun t : mono * num => size t.1 <= 1) p && (64 < size p)
  then nilp (terms_of (add_times (add_times no_terms nil one (flat_map (fun t => (map g t.1, t.2)) p)) nil minus_one q))
  else let p' := image g p in same_poly p' q || nilp (psub p' q).

(* all symbols are below n *)
Definition below (n : positive) (p : poly) : bool := all (fun t => all (fun s => Pos.ltb s n) t.1) p.
(* some symbol is one of these *)
Definition mentions (which : positive -> bool) (p : poly) : bool := has (fun t => has which t.1) p.

(* values in place of symbols, times over^degree; None if a term has more of these symbols than degree *)
Fixpoint mono_at (value : positive -> option poly) (over : num) (degree : nat) (m : mono) : option poly :=
  match m with
  | nil => Some (constant (iter degree (nmul over) one))
  | s :: m' =>
      match value s, degree with
      | None, _ => omap (pmul (psymbol s)) (mono_at value over degree m')
      | Some v, d.+1 => omap (pmul v) (mono_at value over d m')
      | Some _, 0 => None
      end
  end.
Definition push_at value over degree (st : option sum) (t : mono * num) : option sum :=
  match st, mono_at value over degree t.1 with
  | Some st, Some p => Some (push st (pscale t.2 p))
  | _, _ => None
  end.
Definition poly_at value over degree (p : poly) : option poly :=
  omap (fun st => flush st nil) (foldl (push_at value over degree) (Some nil) p).

(* numbers in place of all symbols *)
Definition number_at (point : positive -> num) (p : poly) : num :=
  foldl (fun a t => nadd a (foldl (fun b s => nmul b (point s)) t.2 t.1)) (int Z0) p.
Definition rel_at (r : rel) (x : num) : bool :=
  match r with Ge => npos x || nzero x | Gt => npos x | Eq => nzero x end.

(* ================= meaning ================= *)
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Meaning.
Variable R : realFieldType.
Definition zval (z : Z) : R :=
  match z with
  | Z0 => 0
  | Zpos p => (Pos.to_nat p)%:R
  | Zneg p => - (Pos.to_nat p)%:R
  end.
Definition nval (x : num) : R := zval x.1 / zval (Zpos x.2).
(* a point gives each symbol a value *)
Implicit Types e : positive -> R.
Definition meval e (m : mono) : R := foldr (fun v a => e v * a) 1 m.
Definition peval e (p : poly) : R := foldr (fun t a => nval t.2 * meval e t.1 + a) 0 p.
Definition truth (r : rel) (v : R) : Prop := match r with Ge => 0 <= v | Gt => 0 < v | Eq => v = 0 end.
Definition holds e (f : fact) : Prop := truth f.1 (peval e f.2).

(* ================= what the operations do ================= *)
Lemma zval_pos_gt0 p : 0 < zval (Zpos p).
Proof. by rewrite /= ltr0n; apply/ssrnat.ltP; apply: Pos2Nat.is_pos. Qed.
Lemma zval_pos_neq0 p : zval (Zpos p) != 0. Proof. by rewrite gt_eqF // zval_pos_gt0. Qed.

Lemma zvalN z : zval (Z.opp z) = - zval z.
Proof. by case: z => //= *; rewrite ?oppr0 ?opprK. Qed.

Lemma zval_sub p r : zval (Z.pos_sub p r) = (Pos.to_nat p)%:R - (Pos.to_nat r)%:R.
Proof.
have H a b : (a < b)%positive -> (Pos.to_nat (b - a))%:R = (Pos.to_nat b)%:R - (Pos.to_nat a)%:R :> R.
  move=> lt; rewrite Pos2Nat.inj_sub // minusE natrB //.
  by apply/ssrnat.leP; apply: Nat.lt_le_incl; case: (Pos2Nat.inj_lt a b) => + _; apply.
rewrite Z.pos_sub_spec; case: Pos.compare_spec => [->|lt|lt]; first by rewrite subrr.
  by rewrite /= H // opprB.
by rewrite /= H.
Qed.

Lemma zvalD a b : zval (Z.add a b) = zval a + zval b.
Proof.
case: a b => [|a|a] [|b|b]; rewrite /= ?add0r ?addr0 // ?zval_sub //.
- by rewrite Pos2Nat.inj_add plusE natrD.
- by rewrite addrC.
- by rewrite Pos2Nat.inj_add plusE natrD opprD.
Qed.

Lemma zvalM a b : zval (Z.mul a b) = zval a * zval b.
Proof.
by case: a b => [|a|a] [|b|b]; rewrite /= ?mul0r ?mulr0 // ?Pos2Nat.inj_mul ?multE ?natrM
  ?mulrN ?mulNr ?opprK.
Qed.

Lemma nval_int z : nval (int z) = zval z. Proof. by rewrite /nval /= divr1. Qed.
Lemma nval_one : nval one = 1. Proof. exact: nval_int. Qed.
Lemma nval_minus_one : nval minus_one = -1. Proof. exact: nval_int. Qed.

Lemma lowestE x : nval (lowest x) = nval x.
Proof.
case: x => [[|a|a] p]; rewrite /lowest; first by rewrite nval_int /nval /= mul0r.
all: have := Pos.ggcd_correct_divisors a p; case: (Pos.ggcd a p) => g [a' p'] [-> ->].
all: rewrite /nval [_.1]/= [_.2]/= ?[zval (Zneg _)]zvalN -?Pos2Z.opp_pos ?zvalN !Pos2Z.inj_mul !zvalM ?mulNr.
all: by rewrite -mulf_div divff ?zval_pos_neq0 // mul1r.
Qed.

Lemma naddE x y : nval (nadd x y) = nval x + nval y.
Proof.
have G a p b q : nval (lowest (Z.add (Z.mul a (Zpos q)) (Z.mul b (Zpos p)), Pos.mul p q)) = nval (a, p) + nval (b, q).
  rewrite lowestE /nval [_.1]/= [_.2]/= Pos2Z.inj_mul zvalD !zvalM addf_div ?zval_pos_neq0 //.
case: x y => a [p|p|] [b [q|q|]]; try exact: G.
by rewrite /nval /= zvalD !divr1.
Qed.

Lemma nmulE x y : nval (nmul x y) = nval x * nval y.
Proof.
have G a p b q : nval (lowest (Z.mul a b, Pos.mul p q)) = nval (a, p) * nval (b, q).
  by rewrite lowestE /nval [_.1]/= [_.2]/= Pos2Z.inj_mul !zvalM mulf_div.
case: x y => a [p|p|] [b [q|q|]]; try exact: G.
by rewrite /nval /= zvalM !divr1.
Qed.

Lemma noppE x : nval (nopp x) = - nval x.
Proof. by rewrite /nval /= zvalN mulNr. Qed.
Lemma npos_gt0 x : npos x -> 0 < nval x.
Proof. by case: x => [[|a|a] p] //= _; rewrite divr_gt0 // zval_pos_gt0. Qed.
Lemma nzeroE x : nzero x -> nval x = 0.
Proof. by case: x => [[|a|a] p] //= _; rewrite /nval mul0r. Qed.

Lemma rel_atE r x : rel_at r x <-> truth r (nval x).
Proof.
have [z|nz] := boolP (nzero x).
  by case: x z => [[]] //= p _; case: r; rewrite /nval /= mul0r ?lexx ?ltxx.
have [p|np] := boolP (npos x).
  have := npos_gt0 p; case: r => /= v; rewrite ?p ?(ltW v) //; split=> // e.
    by case: x p nz v e => [[]].
  by rewrite e ltxx in v.
have v : nval x < 0.
  case: x np nz => [[]] //= a p _ _; rewrite /nval /= mulNr oppr_lt0 -/(zval (Zpos a)).
  by rewrite divr_gt0 // zval_pos_gt0.
rewrite /rel_at (negbTE np) (negbTE nz); case: r; split=> //= h.
- by rewrite leNgt v in h.
- by rewrite ltNge (ltW v) in h.
- by rewrite h ltxx in v.
Qed.

Lemma mcmp_eq a b d : mcmp a b d = Datatypes.Eq -> d = Datatypes.Eq /\ a = b.
Proof.
elim: a b d => [|x a IH] [|y b] d //= /IH [+ ->].
by case: d => //; case: Pos.compare_spec => // ->.
Qed.

Section Point.
Variable e : positive -> R.

Lemma mmul_eval a b : meval e (mmul a b) = meval e a * meval e b.
Proof.
elim: a b => [|x a IHa] b /=; first by rewrite mul1r.
elim: b => [|y b IHb]; first by rewrite /= mulr1.
rewrite [mmul _ _]/=; case: (Pos.leb x y) => /=; first by rewrite IHa mulrA.
by rewrite IHb /= mulrCA.
Qed.

Lemma catrev_eval p q : peval e (catrev p q) = peval e p + peval e q.
Proof. by elim: p q => [|t p IH] q /=; rewrite ?add0r // IH /= addrA [peval e p + _]addrC. Qed.

Lemma rev_eval p : peval e (rev p) = peval e p. Proof. by rewrite /rev catrev_eval addr0. Qed.

Lemma merge_onto_eval p q acc : peval e (merge_onto p q acc) = peval e acc + (peval e p + peval e q).
Proof.
elim: p q acc => [|[m c] p IHp] q acc /=; first by rewrite catrev_eval add0r.
elim: q acc => [|[m' c'] q IHq] acc; first by rewrite /= catrev_eval /= addr0.
rewrite [LHS]/=; case E: (mcmp m m' Datatypes.Eq).
- have [_ em] := mcmp_eq E; have S := naddE c c'; rewrite em in IHp *.
  have -> : nval c * meval e m' + peval e p + (nval c' * meval e m' + peval e q)
            = nval (nadd c c') * meval e m' + (peval e p + peval e q).
    by rewrite S mulrDl addrACA.
  have [z|_] := boolP (nzero (nadd c c')); first by rewrite IHp (nzeroE z) mul0r add0r.
  by rewrite IHp /= [RHS]addrCA -addrA.
- by rewrite IHp /= -[X in _ = _ + X]addrA [RHS]addrCA -addrA.
- by rewrite IHq /= [X in _ = _ + X]addrCA [RHS]addrCA -addrA.
Qed.

Lemma padd_eval p q : peval e (padd p q) = peval e p + peval e q.
Proof. by rewrite /padd merge_onto_eval add0r. Qed.

Lemma flat_mapE A B (f : A -> B) s : flat_map f s = map f s.
Proof.
rewrite /flat_map; suff H acc : foldl (fun a x => f x :: a) acc s = catrev (map f s) acc by rewrite H revK.
by elim: s acc => //= x s IH acc; rewrite IH.
Qed.

Definition seval (st : sum) : R := foldr (fun o a => (if o is Some p then peval e p else 0) + a) 0 st.

Lemma push_eval st p : seval (push st p) = seval st + peval e p.
Proof.
elim: st p => [|[p'|] st IH] p /=.
- by rewrite addrC.
- by rewrite add0r IH padd_eval addrCA addrA.
- by rewrite add0r addrC.
Qed.

Lemma flush_eval st a : peval e (flush st a) = seval st + peval e a.
Proof.
elim: st a => [|[p|] st IH] a /=; rewrite ?add0r // IH padd_eval.
by rewrite addrA [seval _ + _]addrC.
Qed.
Lemma flush_nil st : peval e (flush st nil) = seval st. Proof. by rewrite flush_eval addr0. Qed.

Lemma tmul_eval m c q : peval e (tmul m c q) = nval c * meval e m * peval e q.
Proof.
rewrite /tmul flat_mapE; elim: q => [|[m' c'] q IH] /=; first by rewrite mulr0.
by rewrite IH mmul_eval nmulE mulrDr mulrACA.
Qed.
Lemma push_product_eval st p q : seval (push_product st p q) = seval st + peval e p * peval e q.
Proof.
rewrite /push_product; elim: p st => [|[m c] p IH] st /=; first by rewrite mul0r addr0.
by rewrite IH push_eval tmul_eval mulrDl addrA.
Qed.
Lemma pmul_eval p q : peval e (pmul p q) = peval e p * peval e q.
Proof. by rewrite /pmul flush_nil push_product_eval add0r. Qed.
Lemma pscale_eval c q : peval e (pscale c q) = nval c * peval e q.
Proof. by rewrite /pscale tmul_eval /= mulr1. Qed.
Lemma psub_eval p q : peval e (psub p q) = peval e p - peval e q.
Proof. by rewrite padd_eval pscale_eval nval_minus_one mulN1r. Qed.
Lemma constant_eval c : peval e (constant c) = nval c.
Proof. by rewrite /constant; case: ifP => [/nzeroE-> //|_]; rewrite /= mulr1 addr0. Qed.
Lemma psymbol_eval s : peval e (psymbol s) = e s.
Proof. by rewrite /= nval_one mul1r mulr1 addr0. Qed.

Lemma sorted_mono_eval m : meval e (sorted_mono m) = meval e m.
Proof.
elim: m => [//|v m IH]; have -> : sorted_mono (v :: m) = mmul [:: v] (sorted_mono m) by [].
by rewrite mmul_eval IH /= mulr1.
Qed.
Lemma image_eval g p : peval e (image g p) = peval (e \o g) p.
Proof.
rewrite /image flush_nil.
suff H run st : seval (image_runs g p run st) = seval st + peval e run + peval (e \o g) p by rewrite H !add0r.
elim: p run st => [|[m c] p IH] run st; first by rewrite /= push_eval rev_eval addr0.
have E : meval e (match m with [:: s] => [:: g s] | _ => sorted_mono (map g m) end) = meval (e \o g) m.
  by case: m => [|s [|s' m]] //; rewrite sorted_mono_eval; elim: [:: _, _ & _] => //= r m' ->.
rewrite [image_runs _ _ _ _]/=; case: run => [|[m0 c0] run]; first by rewrite IH /= E; ring.
by case: (mcmp _ _ _); rewrite IH ?push_eval ?rev_eval /= E; ring.
Qed.

Fixpoint map_eval (m : PositiveMap.t num) (path : positive -> positive) : R :=
  match m with
  | PositiveMap.Leaf => 0
  | PositiveMap.Node l o r => map_eval l (fun i => path (xO i)) + (if o is Some c then nval c * e (path xH) else 0)
      + map_eval r (fun i => path (xI i))
  end.
Definition teval (st : total) : R := map_eval st.1 id + seval st.2.
Lemma plus_eval c s m path : map_eval (plus c s m) path = map_eval m path + nval c * e (path s).
Proof.
elim: s m path => [s IH|s IH|] [|l o r] path /=; rewrite ?IH /=; [ring|ring|ring|ring|ring|].
by case: o => [a|]; rewrite ?naddE; ring.
Qed.
Lemma add_times_eval st m c p : teval (add_times st m c p) = teval st + nval c * meval e m * peval e p.
Proof.
rewrite /add_times /teval /=.
have H a l : map_eval (foldl (add_term m c) (a, l) p).1 id + peval e (foldl (add_term m c) (a, l) p).2
    = map_eval a id + peval e l + nval c * meval e m * peval e p.
  elim: p a l => [|t p IH] a l /=; first by rewrite mulr0 addr0.
  have -> : nval c * meval e m * (nval t.2 * meval e t.1 + peval e p)
      = nval (nmul c t.2) * meval e (mmul m t.1) + nval c * meval e m * peval e p by rewrite nmulE mmul_eval; ring.
  by rewrite /add_term; case: (mmul m t.1) => [|s [|s' m']] /=; rewrite IH /= ?plus_eval /=; ring.
have := H st.1 nil; case: (foldl _ _ _) => a [|t l] /=; rewrite ?addr0 => E; first by rewrite E; ring.
by rewrite push_eval rev_eval [X in _ + X = _]addrC addrA E; ring.
Qed.
Lemma add_product_eval st p q : teval (add_product st p q) = teval st + peval e p * peval e q.
Proof.
rewrite /add_product; elim: p st => [|[m c] p IH] st /=; first by rewrite mul0r addr0.
by rewrite IH add_times_eval mulrDl addrA.
Qed.
Lemma terms_eval st : peval e (terms_of st) = teval st.
Proof.
rewrite /terms_of /teval -flush_nil; move: (flush st.2 nil) => acc.
elim: (st.1) id acc => [|l IHl o r IHr] path acc /=; first by rewrite add0r.
rewrite IHl -!addrA; congr (_ + _); case: o => [c|]; last by rewrite IHr add0r.
case: ifP => [/nzeroE->|_]; first by rewrite IHr mul0r add0r.
by rewrite /= IHr mulr1.
Qed.
Lemma no_terms_eval : teval no_terms = 0. Proof. exact: addr0. Qed.
Lemma same_polyE p q : same_poly p q -> p = q.
Proof.
have M a b : same_mono a b -> a = b by elim: a b => [|x a IH] [|y b] //= /andP[/Pos.eqb_eq -> /IH->].
elim: p q => [|[m [x y]] p IH] [|[m' [x' y']] q] //= /andP[/andP[/andP[/M-> /Z.eqb_eq/= ->] /Pos.eqb_eq/= ->] /IH->] //.
Qed.
Lemma is_image_eval g p q : is_image g p q -> peval (e \o g) p = peval e q.
Proof.
rewrite /is_image; case: ifP => [_ /nilP z|_ /orP[/same_polyE<-|/nilP z]]; last 2 first.
- by rewrite image_eval.
- by apply/eqP; rewrite -subr_eq0 -image_eval -psub_eval z.
apply/eqP; rewrite -subr_eq0.
have := terms_eval (add_times (add_times no_terms nil one (flat_map (fun t => (map g t.1, t.2)) p)) nil minus_one q).
rewrite z !add_times_eval no_terms_eval nval_one nval_minus_one /= !mulr1 add0r mul1r mulN1r flat_mapE => ->.
apply/eqP; congr (_ - _); elim: (p) => //= -[m c] p' -> /=; congr (_ * _ + _).
by elim: m => //= s m ->.
Qed.

Section At.
Variables (value : positive -> option poly) (over : num) (x : positive -> R).
Hypothesis xv : forall s, if value s is Some v then peval e v = nval over * x s else x s = e s.
Lemma mono_at_eval d m p : mono_at value over d m = Some p -> peval e p = nval over ^+ d * meval x m.
Proof.
elim: m d p => [|s m IH] d p /=.
  move=> [<-]; rewrite constant_eval mulr1; elim: d => [|d IHd]; first by rewrite nval_one expr0.
  by rewrite iterS nmulE IHd exprS.
have := xv s; case: (value s) => [v|] xs.
  case: d => // d; case E: (mono_at _ _ _ _) => [q|] //= [<-].
  by rewrite pmul_eval (IH _ _ E) xs exprS mulrACA.
case E: (mono_at _ _ _ _) => [q|] //= [<-].
by rewrite pmul_eval psymbol_eval (IH _ _ E) xs mulrCA.
Qed.
Lemma poly_at_eval d p q : poly_at value over d p = Some q -> peval e q = nval over ^+ d * peval x p.
Proof.
rewrite /poly_at; case E: (foldl _ _ _) => [st|] //= [<-]; rewrite flush_nil.
suff H st0 : foldl (push_at value over d) (Some st0) p = Some st -> seval st = seval st0 + nval over ^+ d * peval x p.
  by rewrite (H _ E) add0r.
elim: p st0 {E} => [|[m c] p IH] st0 /=; first by move=> [<-]; rewrite mulr0 addr0.
case E: (mono_at _ _ _ _) => [v|]; last first.
  by move=> N; exfalso; move: N; elim: (p).
move/IH ->; rewrite push_eval pscale_eval (mono_at_eval E) mulrDr addrA; congr (_ + _ + _).
by rewrite mulrCA.
Qed.
End At.
End Point.

Lemma number_at_eval (point : positive -> num) p : nval (number_at point p) = peval (nval \o point) p.
Proof.
rewrite /number_at.
suff H a : nval (foldl (fun a t => nadd a (foldl (fun b s => nmul b (point s)) t.2 t.1)) a p)
           = nval a + peval (nval \o point) p by rewrite H nval_int add0r.
elim: p a => [|[m c] p IH] a /=; first by rewrite addr0.
rewrite IH naddE addrA; congr (_ + _ + _).
elim: m c => [|s m IHm] c /=; first by rewrite mulr1.
by rewrite IHm nmulE mulrA.
Qed.

Lemma meval_ext e e' (m : mono) : (forall s, List.In s m -> e s = e' s) -> meval e m = meval e' m.
Proof.
elim: m => //= s m IH H; rewrite H; last by left.
by rewrite IH // => r rm; apply: H; right.
Qed.
Lemma peval_ext (which : positive -> bool) e e' p :
  ~~ mentions which p -> (forall s, ~~ which s -> e s = e' s) -> peval e p = peval e' p.
Proof.
rewrite /mentions => h E; elim: p h => //= -[m c] p IH /norP[/= hm hp]; rewrite IH //.
rewrite (@meval_ext e e') // => s sm; apply: E; apply: contra hm => ws.
by elim: m sm => //= r m IHm [->|/IHm->]; rewrite ?ws ?orbT.
Qed.
Lemma below_mentions n p : below n p -> ~~ mentions (fun s => ~~ Pos.ltb s n) p.
Proof.
rewrite /below /mentions; elim: p => //= -[m c] p IH /= /andP[mn pn]; rewrite negb_or IH // andbT.
by rewrite has_predC negbK.
Qed.
Lemma below_ext n e e' p : below n p -> (forall s, Pos.ltb s n -> e s = e' s) -> peval e p = peval e' p.
Proof. by move/below_mentions => h E; apply: peval_ext h _ => s; rewrite negbK; apply: E. Qed.

Lemma truth_ge0 r (v : R) : truth r v -> 0 <= v.
Proof. by case: r => //= [/ltW|->]. Qed.
Lemma truth_scale r (a v : R) : 0 < a -> truth r (a * v) <-> truth r v.
Proof.
move=> a0; case: r => /=; [by rewrite pmulr_rge0 | by rewrite pmulr_rgt0 | split=> [/eqP|->]].
  by rewrite mulf_eq0 gt_eqF //= => /eqP.
by rewrite mulr0.
Qed.
End Meaning.
