(* kernel.v -- a checker of the proofs of certificates of format 2 (certificate/kernel/FORMAT.md): the rules
   combine, define, sort, split, dualise, witness, invariant, generate, project, prefix, block, image, exponential, and refutations.  That it is right is shown in
   sound.v.  Bytes and limits are not here. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect.
Require Import polynomial meaning describe.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* ---------------- proofs ---------------- *)
Inductive ref := Known of positive | Sign of positive.       (* a fact, or that a symbol is >= 0 *)
Inductive goal := Old of positive | New of fact.
Record identity := Identity {
  times : num;
  by_ : list ref;
  products : list (num * list ref);
  equations : list (poly * (positive * option positive));     (* multiplier; first fact; how many more *)
  converse : option (list (num * list ref) * list (poly * (positive * option positive)))
}.
(* a proof of a row: numbers times rows that are there, Known, and facts of the scope, here Sign *)
Definition shown_by := list (num * ref).
Record element := Element {
  symbol_of : positive;
  equal : list (positive * shown_by);
  pairs : option (list (positive * positive) * list shown_by);    (* none if an equation is used *)
  redundant : list (positive * shown_by)
}.
(* each rule, and the steps after it *)
Inductive steps :=
  | Done
  | Combine of goal & identity & steps
  | Term of poly & steps
  | Minimum of poly & poly & list (ref * ref) & steps
  | Quotient of poly & ref & steps
  | Root of ref & steps
  | Sort of list positive & steps & steps
  | Split of poly & steps & steps & steps
  | Dualise of steps & bool & steps & steps                   (* is there a member strict? *)
  | Witness of values & num & steps & steps
  | Invariant of list fact & steps & steps & steps
  | Project of list element & steps & steps
  | Image of positive & list positive & steps
  | Generate of list positive & list ref & steps
  | Prefix of goal & (positive * ref) & (positive * ref) & (positive * option positive) & list positive & steps
  | Block of list positive & steps & steps
  | Exponential of poly & steps
  | Bound of positive & nat & steps                           (* half the number of terms *)
  | Powers of list positive & list positive & steps.
Inductive proof :=
  | Proved of steps & steps                                   (* rows, exists *)
  | Refuted of list (positive * num) & option positive & steps.
(* For each generator: the inverse; where it, and where the inverse, takes the facts of the theorem.  It
   saves a search and is checked. *)
Definition hint : Type := list positive * (list positive * list positive).

(* ---------------- scopes ---------------- *)
Definition action : Type := (positive -> positive) * PositiveMap.t positive.   (* of symbols, of facts of the theorem *)
Record scope := Scope {
  next : positive;                                            (* number of the next symbol *)
  signs : PositiveMap.t bool;                                 (* nonnegative symbols *)
  facts : PositiveMap.t fact;                                 (* those that are not hidden *)
  next_fact : positive;
  goals : PositiveMap.t fact;
  open : PositiveMap.t fact;                                  (* goals that are not settled *)
  exists_goal : bool;                                         (* the goal of the scope exists *)
  exists_open : bool;
  symmetric : bool;
  acts : list action;
  outermost : bool;
  exps : PositiveMap.t poly                                   (* symbols that are exponentials, and their exponents *)
}.
Definition mem A (m : PositiveMap.t A) s := if PositiveMap.find s m is Some _ then true else false.

Fixpoint all_in A (P : A -> bool) (m : PositiveMap.t A) : bool :=
  match m with
  | PositiveMap.Leaf => true
  | PositiveMap.Node l o r => all_in P l && (if o is Some x then P x else true) && all_in P r
  end.
Fixpoint all_numbered A (P : positive -> A -> bool) (m : PositiveMap.t A) (path : positive -> positive) : bool :=
  match m with
  | PositiveMap.Leaf => true
  | PositiveMap.Node l o r => all_numbered P l (fun i => path (xO i)) && (if o is Some x then P (path xH) x else true)
      && all_numbered P r (fun i => path (xI i))
  end.

Definition below_fact n (f : fact) := below n f.2.
Definition add_facts (st : scope) (symmetric : bool) (l : list fact) : scope :=
  let r := table_from (next_fact st) (facts st) l in
  Scope (next st) (signs st) r.2 r.1 (goals st) (open st) (exists_goal st) (exists_open st) symmetric (acts st) (outermost st) (exps st).
Definition add_symbol (st : scope) (sign : bool) : scope :=
  Scope (Pos.succ (next st)) (if sign then PositiveMap.add (next st) true (signs st) else signs st) (facts st) (next_fact st)
    (goals st) (open st) (exists_goal st) (exists_open st) (symmetric st) (acts st) (outermost st) (exps st).
Definition with_goals (st : scope) (all left : PositiveMap.t fact) (ex exo sym : bool) : scope :=
  Scope (next st) (signs st) (facts st) (next_fact st) all left ex exo sym (acts st) false (exps st).
(* after all goals have been settled *)
Definition settled (st : scope) : scope :=
  Scope (next st) (signs st) (facts st) (next_fact st) (goals st) (PositiveMap.empty _) (exists_goal st) false
    (symmetric st) (acts st) (outermost st) (exps st).
Definition exists_settled (st : scope) : scope :=
  Scope (next st) (signs st) (facts st) (next_fact st) (goals st) (open st) (exists_goal st) false
    (symmetric st) (acts st) (outermost st) (exps st).
Definition settle (st : scope) (k : positive) : scope :=
  Scope (next st) (signs st) (facts st) (next_fact st) (goals st) (PositiveMap.remove k (open st)) (exists_goal st)
    (exists_open st) (symmetric st) (acts st) (outermost st) (exps st).
Fixpoint hide_in (which : positive -> bool) (m : PositiveMap.t fact) : PositiveMap.t fact :=
  match m with
  | PositiveMap.Leaf => PositiveMap.Leaf _
  | PositiveMap.Node l o r => PositiveMap.Node (hide_in which l)
      (if o is Some f then if mentions which f.2 then None else o else None) (hide_in which r)
  end.
Definition hide (st : scope) which : scope :=
  Scope (next st) (signs st) (hide_in which (facts st)) (next_fact st) (goals st) (open st) (exists_goal st)
    (exists_open st) false (acts st) (outermost st) (exps st).

(* ---------------- combine ---------------- *)
Definition look (st : scope) (r : ref) : option fact :=
  match r with
  | Known i => PositiveMap.find i (facts st)
  | Sign s => if mem (signs st) s then Some (Ge, psymbol s) else None
  end.
Definition is_gt (r : rel) := if r is Gt then true else false.
(* the product, and whether all facts are strict *)
Fixpoint product (st : scope) (l : list ref) : option (bool * poly) :=
  match l with
  | nil => Some (true, constant one)
  | r :: l' =>
      match look st r, product st l' with
      | Some (k, p), Some (s, a) => Some (is_gt k && s, match l' with nil => p | _ => pmul p a end)
      | _, _ => None
      end
  end.
Fixpoint minus_products (st : scope) (l : list (num * list ref)) (strict : bool) (a : total) : option (bool * total) :=
  match l with
  | nil => Some (strict, a)
  | (c, refs) :: l' =>
      if ~~ npos c then None else
      match product st refs with
      | Some (s, p) => minus_products st l' (strict || s) (add_times a nil (nopp c) p)
      | None => None
      end
  end.
Definition minus_equation (st : scope) (m : poly) (s : option (positive * total)) : option (positive * total) :=
  match s with
  | Some (i, a) =>
      match PositiveMap.find i (facts st) with
      | Some (Eq, p) => Some (Pos.succ i, add_product a m p)
      | _ => None
      end
  | None => None
  end.
Fixpoint minus_equations (st : scope) (l : list (poly * (positive * option positive))) (a : total) : option total :=
  match l with
  | nil => Some a
  | (m, (first, more)) :: l' =>
      if ~~ below (next st) m then None else
      let m' := pscale minus_one m in
      let s := minus_equation st m' (Some (first, a)) in
      match (if more is Some n then Pos.iter (minus_equation st m') s n else s) with
      | Some (_, a') => minus_equations st l' a'
      | None => None
      end
  end.
Definition nonnegative (st : scope) (p : poly) : bool := all (fun t => npos t.2 && all (mem (signs st)) t.1) p.
Definition rest_ok (st : scope) (r : rel) (strict : bool) (rest : poly) : bool :=
  match r with
  | Eq => nilp rest
  | Ge => nonnegative st rest
  | Gt => nonnegative st rest && (strict || has (fun t => nilp t.1) rest)
  end.
(* an equation that is shown by products is only shown to be >= *)
Definition shown (r : rel) (ps : list (num * list ref)) : rel := match r, ps with Eq, _ :: _ => Ge | _, _ => r end.
(* a multiple of the goal, shown by products and equations *)
Definition shows (st : scope) (m : poly) (g : fact) ps es : bool :=
  match minus_products st ps false (add_product no_terms m g.2) with
  | Some (strict, a) =>
      match minus_equations st es a with
      | Some a' => rest_ok st (shown g.1 ps) strict (terms_of a')
      | None => false
      end
  | None => false
  end.
Definition combine_ok (st : scope) (g : fact) (c : identity) : bool :=
  if ~~ npos (times c) then false else
  match product st (by_ c) with
  | Some (true, d) =>
      if shows st (pscale (times c) d) g (products c) (equations c) then
        match g.1, products c, converse c with
        | Eq, _ :: _, Some (ps, es) => shows st (constant minus_one) g ps es
        | Eq, _ :: _, None => false
        | _, _, Some _ => false
        | _, _, None => true
        end
      else false
  | _ => false
  end.
Definition closed (st : scope) : bool :=
  if exists_open st then false else all_in (fun g => rest_ok st g.1 false g.2) (open st).

(* ---------------- define ---------------- *)
Definition weaker (r s : rel) : rel := match r, s with Gt, Gt => Gt | Eq, Eq => Eq | _, _ => Ge end.
Fixpoint joins (st : scope) (a b w : poly) (l : list (ref * ref)) : option (list fact) :=
  match l with
  | nil => Some nil
  | (r, s) :: l' =>
      match look st r, look st s, joins st a b w l' with
      | Some (k, A), Some (m, B), Some fs =>
          if nilp (psub (psub A B) (psub a b)) then Some ((weaker k m, psub (padd B w) b) :: fs) else None
      | _, _, _ => None
      end
  end.

(* ---------------- sort ---------------- *)
Fixpoint same (a b : list positive) : bool :=
  match a, b with
  | nil, nil => true
  | x :: a', y :: b' => Pos.eqb x y && same a' b'
  | _, _ => false
  end.
Definition moves (st : scope) (x y : list positive) : bool := has (fun a : action => same (map a.1 x) y) (acts st).
Definition exchanged A (x : list A) := if x is a :: b :: l then b :: a :: l else x.
Fixpoint distinct (x : list positive) : bool := if x is a :: l then ~~ has (Pos.eqb a) l && distinct l else true.
Fixpoint descending (x : list positive) : list fact :=
  if x is a :: l then if l is b :: _ then (Ge, psub (psymbol a) (psymbol b)) :: descending l else nil else nil.

(* ---------------- generate, prefix ---------------- *)
Definition is_eq (r : rel) := if r is Eq then true else false.
(* the sum of these symbols with these coefficients *)
Definition linear (x : list positive) (v : vec) : poly :=
  flush (foldl (fun a t => if t.2 is Z0 then a else push a [:: ([:: t.1], int t.2)]) nil (zip x v)) nil.
(* the coefficients of the symbols in terms of one symbol *)
Definition singles (p : poly) : PositiveMap.t num :=
  foldl (fun m t => if t.1 is [:: s] then PositiveMap.add s t.2 m else m) (PositiveMap.empty _) p.
Definition single (m : PositiveMap.t num) (s : positive) : num := if PositiveMap.find s m is Some c then c else int Z0.
(* a positive multiple of a polynomial that is linear in the symbols, without a constant, as integers *)
Definition row_of (x : list positive) (p : poly) : option vec :=
  let d := foldl (fun d t => Z.lcm d (Zpos t.2.2)) (Zpos xH) p in
  let m := singles p in
  let v := map (fun s => let c := single m s in Z.quot (Z.mul c.1 d) (Zpos c.2)) x in
  if zpos d && nilp (psub (linear x v) (pscale (int d) p)) then Some v else None.
Fixpoint rows_of (st : scope) (x : list positive) (l : list ref) : option (list (bool * vec)) :=
  match l with
  | nil => Some nil
  | r :: l' =>
      match look st r with
      | Some (k, p) =>
          match row_of x p, rows_of st x l' with
          | Some v, Some rows => Some ((is_eq k, v) :: rows)
          | _, _ => None
          end
      | None => None
      end
  end.
(* less the sum of the symbols from n on with these coefficients *)
Fixpoint minus_terms (n : positive) (v : list Z) : poly :=
  match v with
  | nil => nil
  | c :: v' => if c is Z0 then minus_terms (Pos.succ n) v' else ([:: n], int (Z.opp c)) :: minus_terms (Pos.succ n) v'
  end.
(* each symbol is a sum of the generators, whose multipliers are the symbols from n on *)
Fixpoint generated (n : positive) (x : list positive) (gs : list vec) : list fact :=
  match x with
  | nil => nil
  | s :: x' => (Eq, ([:: s], one) :: minus_terms n (map (head Z0) gs)) :: generated n x' (map behead gs)
  end.
Definition asymmetric (st : scope) : scope := with_goals st (goals st) (open st) (exists_goal st) (exists_open st) false.
Definition add_generators (st : scope) (rs ls : list vec) : scope :=
  foldl add_symbol (asymmetric st) (map (fun _ => true) rs ++ map (fun _ => false) ls).

(* the facts from one on say that symbols are at most 1 *)
Definition bound_of (f : fact) : option positive :=
  match f with
  | (Eq, _) => None
  | (_, [:: t; ([:: s], c)]) => if nilp (psub [:: t; ([:: s], c)] (psub (constant one) (psymbol s))) then Some s else None
  | _ => None
  end.
Definition next_bound (st : scope) (s : option (positive * PositiveMap.t bool)) : option (positive * PositiveMap.t bool) :=
  match s with
  | Some (i, m) =>
      match PositiveMap.find i (facts st) with
      | Some f => if bound_of f is Some x then Some (Pos.succ i, PositiveMap.add x true m) else None
      | None => None
      end
  | None => None
  end.
Definition bounded (st : scope) (b : positive * option positive) : PositiveMap.t bool :=
  let s := next_bound st (Some (b.1, PositiveMap.empty _)) in
  if (if b.2 is Some n then Pos.iter (next_bound st) s n else s) is Some (_, m) then m else PositiveMap.empty _.
Definition whole_number (c : num) : bool := if c.2 is xH then true else false.
(* x - (integers times symbols) = 0 *)
Definition weighted (st : scope) (x : positive * ref) : option poly :=
  match look st x.2 with
  | Some (Eq, p) =>
      let c := single (singles p) x.1 in
      if all (fun t : mono * num => (size t.1 == 1) && whole_number t.2) p && nzero (nadd c minus_one) then Some p else None
  | _ => None
  end.
Definition power_of (x : positive) (t : mono * num) : bool :=
  whole_number t.2 && all (Pos.eqb x) t.1 && ((size t.1 <= 1) || ~~ npos t.2).
Definition is_single (y : positive) (t : mono * num) : bool := if t.1 is [:: s] then Pos.eqb s y else false.
(* a y + the terms, at powers of x *)
Definition value_there (a : Z) (l : poly) (X Y : Z) : Z :=
  foldl (fun s t => Z.add s (Z.mul t.2.1 (iter (size t.1) (Z.mul X) (Zpos xH)))) (Z.mul a Y) l.
(* the value is nonnegative at each prefix; quotients do not descend *)
Fixpoint prefixes_ok (a : Z) (l : poly) (X Y : Z) (last : option (Z * Z)) (wv : list (Z * Z)) : bool :=
  ~~ zneg (value_there a l X Y) &&
  match wv with
  | nil => true
  | (w, v) :: wv' =>
      zpos w && (if last is Some (w0, v0) then Z.leb (Z.mul v0 w) (Z.mul v w0) else true)
      && prefixes_ok a l (Z.add X w) (Z.add Y v) (Some (w, v)) wv'
  end.
Definition prefix_ok (st : scope) (g : fact) (x y : positive * ref) (b : positive * option positive) (order : list positive) : bool :=
  match g.1, weighted st x, weighted st y with
  | Ge, Some p, Some q =>
      let of_y := filter (is_single y.1) g.2 in
      let others := filter (fun t => ~~ is_single y.1 t) g.2 in
      let w := map (fun s => Z.opp (if Pos.eqb s x.1 then Z0 else (single (singles p) s).1)) order in
      let v := map (fun s => Z.opp (if Pos.eqb s y.1 then Z0 else (single (singles q) s).1)) order in
      let m := bounded st b in
      ~~ Pos.eqb x.1 y.1 && all (power_of x.1) others
      && (if of_y is [:: (_, (Zpos a, xH))]
          then prefixes_ok (Zpos a) others Z0 Z0 None (zip w v) else false)
      && all (fun s => mem m s && mem (signs st) s) order
      && nilp (psub (padd p (linear order w)) (psymbol x.1))
      && nonnegative st (psub (psub (psymbol y.1) q) (linear order v))
  | _, _, _ => false
  end.

Section Checker.
(* of the theorem: the first number above its symbols, its unknowns and nonnegative symbols, its facts with unknowns with their
   numbers, its process; whether roots and exponentials are allowed; the exponentials that change with the state, and all *)
Variables (above : positive) (unk sgn : positive -> bool) (unknowns : list positive).
Variables (withs : list (positive * fact)) (proc : option process) (roots allowed : bool) (texps : values) (own : PositiveMap.t poly).
(* rows of which all images are known, and the generators *)
Variables (known_rows : PositiveMap.t fact) (moves_of : PositiveMap.t (PositiveMap.t positive)).

(* ---------------- dualise ---------------- *)
(* linear terms in the unknowns, and the rest *)
Definition divide_term (s : option (list (positive * num) * poly)) (t : mono * num) :=
  match s with
  | None => None
  | Some (l, k) =>
      if has unk t.1 then (if t.1 is [:: x] then Some ((x, t.2) :: l, k) else None)
      else Some (l, t :: k)
  end.
Definition divide (p : poly) : option (list (positive * num) * poly) :=
  if foldl divide_term (Some (nil, nil)) p is Some (l, k) then Some (l, rev k) else None.
Definition column (s : positive) (cols : PositiveMap.t poly) : poly :=
  if PositiveMap.find s cols is Some p then p else nil.
(* what has been divided: a multiplier y, the relation, linear terms, the rest *)
Definition part : Type := positive * (rel * (list (positive * num) * poly)).
Definition add_column (cols : PositiveMap.t poly) (y : part) : PositiveMap.t poly :=
  foldl (fun cols t => PositiveMap.add t.1 (([:: y.1], nopp t.2) :: column t.1 cols) cols) cols y.2.2.1.
Fixpoint parts (y : positive) (l : list (positive * fact)) (acc : list part) : option (list part) :=
  match l with
  | nil => Some acc                                           (* the last one first *)
  | (_, (r, p)) :: l' => if divide p is Some d then parts (Pos.succ y) l' ((y, (r, d)) :: acc) else None
  end.
Definition dual_fact (cols : PositiveMap.t poly) (s : positive) : fact := (if sgn s then Ge else Eq, column s cols).
Definition dual_goal (l : list part) : poly :=
  flush (foldl (fun a (y : part) => push a (tmul [:: y.1] one y.2.2.2)) nil l) nil.
Definition dual_signs (m : PositiveMap.t bool) (l : list part) : PositiveMap.t bool :=
  foldl (fun m (y : part) => if is_eq y.2.1 then m else PositiveMap.add y.1 true m) m l.
(* generators act on multipliers as on facts *)
Definition numbers (l : list part) (n : positive) : PositiveMap.t positive * PositiveMap.t positive :=
  (foldl (fun m (a : part * (positive * fact)) => PositiveMap.add a.2.1 a.1.1 m) (PositiveMap.empty _) (zip l withs),
   foldl (fun m (a : part * (positive * fact)) => PositiveMap.add a.1.1 a.2.1 m) (PositiveMap.empty _) (zip l withs)).
Definition dual_action (n : positive) (ys : PositiveMap.t positive * PositiveMap.t positive) (a : action) : action :=
  ((fun s => if Pos.ltb s n then a.1 s else
     match PositiveMap.find s ys.2 with
     | Some k => match PositiveMap.find (move_in a.2 k) ys.1 with Some y => y | None => s end
     | None => s
     end), a.2).
Definition same_rel (r s : rel) : bool := match r, s with Ge, Ge | Gt, Gt | Eq, Eq => true | _, _ => false end.
Definition same_fact (f g : fact) := same_rel f.1 g.1 && nilp (psub f.2 g.2).
Definition keeps (cols : PositiveMap.t poly) (l : list part) (g : poly) (m : PositiveMap.t bool) (n : positive) (a : action) : bool :=
  all (fun y : part => if is_eq y.2.1 then true else mem m (a.1 y.1)) l &&
  all (fun s => if unk (a.1 s)
     then same_fact ((dual_fact cols s).1, image a.1 (dual_fact cols s).2) (dual_fact cols (a.1 s)) else false) unknowns &&
  nilp (psub (image a.1 g) g).
Definition strict_fact (l : list part) : fact :=
  (Gt, flat_map (fun y : part => ([:: y.1], one)) (rev (filter (fun y : part => is_gt y.2.1) l))).
Definition one_goal (g : fact) : PositiveMap.t fact := PositiveMap.add xH g (PositiveMap.empty _).
Definition dual_scope (st : scope) (l : list part) (strict : bool) : scope :=
  let cols := foldl add_column (PositiveMap.empty _) l in
  let m := dual_signs (signs st) l in
  let g := dual_goal l in
  let fs := table_from (next_fact st) (facts st) (flat_map (dual_fact cols) unknowns) in
  let fs' := if strict then table_from fs.1 fs.2 [:: strict_fact l] else fs in
  let gs := one_goal (if strict then Gt else Ge, g) in
  let ys := numbers (rev l) (next st) in
  let a := if symmetric st && ~~ strict then map (dual_action (next st) ys) (acts st) else nil in
  Scope (foldl (fun n (_ : part) => Pos.succ n) (next st) l) m fs'.2 fs'.1 gs gs false false
    (if symmetric st && ~~ strict then all (keeps cols l g m (next st)) a else false) a false (exps st).
Definition scope_ok (st : scope) : bool :=
  all_in (below_fact (next st)) (facts st) && all_in (below_fact (next st)) (goals st).

(* ---------------- witness ---------------- *)
Definition value_table (l : values) : PositiveMap.t poly :=
  foldl (fun m v => PositiveMap.add v.1 v.2 m) (PositiveMap.empty _) l.
Definition unknown_value (m : PositiveMap.t poly) (s : positive) : option poly := if unk s then Some (column s m) else None.
Definition degree (p : poly) : nat := foldl (fun n t => maxn n (count unk t.1)) 0 p.
Fixpoint witness_goals (m : PositiveMap.t poly) (over : num) (l : list (positive * fact)) (acc : list fact) : option (list fact) :=
  match l with
  | nil => Some (rev acc)
  | (_, (r, p)) :: l' =>
      if poly_at (unknown_value m) over (degree p) p is Some q then witness_goals m over l' ((r, q) :: acc) else None
  end.
Definition value_goals (l : values) : list fact := flat_map (fun v => (Ge, v.2)) (filter (fun v => sgn v.1) l).

(* ---------------- invariant ---------------- *)
Fixpoint facts_at (v : values) (l : list fact) : option (list fact) :=
  match l with
  | nil => Some nil
  | (r, p) :: l' =>
      match poly_at (value_in v) one 64 p, facts_at v l' with
      | Some q, Some l'' => Some ((r, q) :: l'')
      | _, _ => None
      end
  end.
(* all that changes with the state *)
Definition changes (p : process) (s : positive) : bool := is_state p s || (if value_in texps s is Some _ then true else false).
Definition process_ok (p : process) : bool :=
  all (fun v => ~~ mentions (changes p) v.2 && ~~ sgn v.1 && below above v.2) (start p)
  && all (fun v => is_state p v.1) (update p)
  && all (fun v => Pos.ltb v.1 above) (start p)
  && all (fun a => ~~ is_state p a.1 && below above a.2) texps.

(* ---------------- exponentials ---------------- *)
(* a new symbol, for E of the polynomial *)
Definition add_exponential (st : scope) (q : poly) : scope :=
  Scope (Pos.succ (next st)) (signs st) (facts st) (next_fact st) (goals st) (open st) (exists_goal st) (exists_open st) false
    (acts st) (outermost st) (PositiveMap.add (next st) q (exps st)).
(* those of the theorem, and these *)
Definition know_exponentials (st : scope) (l : values) : scope :=
  Scope (next st) (signs st) (facts st) (next_fact st) (goals st) (open st) (exists_goal st) (exists_open st) false
    (acts st) (outermost st) (foldl (fun m a => PositiveMap.add a.1 a.2 m) own l).
(* exponentials after a change v of symbols: a new symbol for each, and which *)
Fixpoint changed (v : values) (st : scope) (l : values) : option (scope * values) :=
  match l with
  | nil => Some (st, nil)
  | (s, q) :: l' =>
      match poly_at (value_in v) one 64 q with
      | Some q' =>
          if below (next st) q' then
            match changed v (add_exponential st q') l' with
            | Some (st', w) => Some (st', (s, psymbol (next st)) :: w)
            | None => None
            end
          else None
      | None => None
      end
  end.
(* the scope whose goals are the facts after the change *)
Definition changed_scope (v : values) (st : scope) (fs : list fact) : option scope :=
  match changed v st texps with
  | Some (st', w) =>
      match facts_at (v ++ w) fs with
      | Some g => if all_in (below_fact (next st')) (table g) then Some (with_goals st' (table g) (table g) false false false) else None
      | None => None
      end
  | None => None
  end.
Definition step_scope (st : scope) (p : process) (fs : list fact) : scope :=
  add_facts (know_exponentials (foldl add_symbol (hide st (changes p)) (moments p)) (moment_exponentials p))
    false (moment_facts p ++ fs).
(* the scopes of the start, and of a step *)
Definition invariant_scopes (st : scope) (p : process) (fs : list fact) : option (scope * scope) :=
  if outermost st && Pos.eqb (next st) above && process_ok p && all (below_fact above) fs
     && all (fun v => ~~ mem (signs st) v.1) (start p ++ texps)
     && all (below_fact (next (step_scope st p fs))) (moment_facts p ++ fs)
     && all (fun a => Pos.ltb a.1 (next (step_scope st p fs)) && below (next (step_scope st p fs)) a.2) (moment_exponentials p)
     && all (fun a => below (next (step_scope st p fs)) a.2) (update p)
  then match changed_scope (start p) (hide st (changes p)) fs, changed_scope (update p) (step_scope st p fs) fs with
       | Some st1, Some st2 => Some (st1, st2)
       | _, _ => None
       end
  else None.
(* 1 + q/k (1 + q/(k+1) (...)), n terms *)
Fixpoint taylor (q : poly) (k : positive) (n : nat) : poly :=
  if n is m.+1 then padd (constant one) (pscale (Zpos xH, k) (pmul q (taylor q (Pos.succ k) m))) else nil.
Fixpoint exponent_sum (st : scope) (l : list positive) : option poly :=
  match l with
  | nil => Some nil
  | s :: l' =>
      match PositiveMap.find s (exps st), exponent_sum st l' with
      | Some q, Some r => Some (padd q r)
      | _, _ => None
      end
  end.
Definition symbol_product (l : list positive) : poly := foldr (fun s p => pmul (psymbol s) p) (constant one) l.
Definition equal_powers (a b : list positive) : fact := (Eq, psub (symbol_product a) (symbol_product b)).
(* E lies above its Taylor polynomial of 2m terms; without terms it is > 0 *)
Definition exponential_bound (s : positive) (q : poly) (m : nat) : fact :=
  if m is 0 then (Gt, psymbol s) else (Ge, psub (psymbol s) (taylor q xH m.*2)).

(* ---------------- project ---------------- *)
(* the rows by their numbers, these in ascending order (and those of rows that are gone), the next number *)
Record system := System { there : PositiveMap.t fact; order : list positive; next_row : positive }.
Definition start_system : system :=
  let l := map snd withs ++ map (fun s => (Ge, psymbol s)) (filter sgn unknowns) in
  let r := table_from xH (PositiveMap.empty fact) l in
  System r.2 (rev (foldl (fun s (_ : fact) => (Pos.succ s.1, s.1 :: s.2)) (xH, nil) l).2) r.1.
Definition first_sign : positive := (table_from xH (PositiveMap.empty fact) (map snd withs)).1.
Definition is_sign (k : positive) : bool := negb (Pos.ltb k first_sign) && Pos.ltb k (next_row start_system).

Fixpoint subtract (st : scope) (m : PositiveMap.t fact) (equation : bool) (l : shown_by) (strict : bool) (a : sum) : option (bool * sum) :=
  match l with
  | nil => Some (strict, a)
  | (c, r) :: l' =>
      match (match r with
             | Known k => PositiveMap.find k m
             | Sign k => if PositiveMap.find k (facts st) is Some g then if mentions unk g.2 then None else Some g else None
             end) with
      | Some (s, p) =>
          if is_eq s || npos c && negb equation
          then subtract st m equation l' (strict || is_gt s) (if nzero c then a else push a (pscale (nopp c) p)) else None
      | None => None
      end
  end.
Definition follows (st : scope) (m : PositiveMap.t fact) (f : fact) (l : shown_by) : bool :=
  match subtract st m (is_eq f.1) l false (push nil f.2) with
  | Some (strict, a) => rest_ok st f.1 strict (flush a nil)
  | None => false
  end.

(* the coefficient of x, in a polynomial that is linear in the unknowns with numbers as coefficients *)
Fixpoint coefficient_of (x : positive) (p : poly) (a : num) : option num :=
  match p with
  | nil => Some a
  | (m, c) :: p' =>
      match m with
      | [:: s] => coefficient_of x p' (if Pos.eqb s x then nadd a c else a)
      | _ => if has unk m then None else coefficient_of x p' a
      end
  end.
Definition holder : Type := positive * (num * fact).
Fixpoint holders (x : positive) (m : PositiveMap.t fact) (l : list positive) (acc : list holder) : option (list holder) :=
  match l with
  | nil => Some (rev acc)
  | k :: l' =>
      match PositiveMap.find k m with
      | None => holders x m l' acc
      | Some f =>
          match coefficient_of x f.2 (int Z0) with
          | None => None
          | Some a => holders x m l' (if nzero a then acc else (k, (a, f)) :: acc)
          end
      end
  end.
Definition magnitude (x : num) : Z := Z.abs x.1.
Definition primitive (p : poly) : poly :=
  let above := foldl (fun a t => Z.gcd a (magnitude t.2)) Z0 p in
  let below := foldl (fun a t => Z.div (Z.mul a (Zpos t.2.2)) (Z.gcd a (Zpos t.2.2))) (Zpos xH) p in
  let c := match above with Zpos a => lowest (below, a) | _ => one end in
  pscale (if npos c then c else one) p.
(* positive multiples of two rows, or of the first and the negative of the second, in which the symbol cancels *)
Definition without (f g : num * fact) : fact :=
  (if is_gt g.2.1 then Gt else f.2.1,
   primitive (if npos g.1 then padd (pscale g.1 f.2.2) (pscale (nopp f.1) g.2.2)
              else padd (pscale (nopp g.1) f.2.2) (pscale f.1 g.2.2))).
Definition nneg (x : num) : bool := negb (npos x || nzero x).
Fixpoint kept_rows (h : PositiveMap.t (num * fact)) (last : option (positive * positive)) (l : list (positive * positive)) (acc : list fact) : option (list fact) :=
  match l with
  | nil => Some (rev acc)
  | (p, n) :: l' =>
      match PositiveMap.find p h, PositiveMap.find n h with
      | Some f, Some g =>
          let ascends := if last is Some (p', n') then Pos.ltb p' p || Pos.eqb p' p && Pos.ltb n' n else true in
          if npos f.1 && nneg g.1 && ascends then kept_rows h (Some (p, n)) l' (without f g :: acc) else None
      | _, _ => None
      end
  end.
(* all other pairs follow; what is left of the lists *)
Fixpoint drop_with (st : scope) (m : PositiveMap.t fact) (f : holder) (l : list holder) (kd : list (positive * positive) * list shown_by)
  : option (list (positive * positive) * list shown_by) :=
  match l with
  | nil => Some kd
  | g :: l' =>
      if ~~ nneg g.2.1 then drop_with st m f l' kd else
      match kd with
      | ((p, n) :: kept, dropped) =>
          if Pos.eqb p f.1 && Pos.eqb n g.1 then drop_with st m f l' (kept, dropped)
          else match dropped with
               | d :: dropped' => if follows st m (without f.2 g.2) d then drop_with st m f l' (kd.1, dropped') else None
               | nil => None
               end
      | (nil, d :: dropped') => if follows st m (without f.2 g.2) d then drop_with st m f l' (nil, dropped') else None
      | (nil, nil) => None
      end
  end.
Fixpoint drop_all (st : scope) (m : PositiveMap.t fact) (all_of l : list holder) kd : option (list (positive * positive) * list shown_by) :=
  match l with
  | nil => Some kd
  | f :: l' => if npos f.2.1 then if drop_with st m f all_of kd is Some kd' then drop_all st m all_of l' kd' else None
               else drop_all st m all_of l' kd
  end.
Fixpoint make_equal (st : scope) (m : PositiveMap.t fact) (l : list (positive * shown_by)) : option (PositiveMap.t fact) :=
  match l with
  | nil => Some m
  | (k, d) :: l' =>
      match PositiveMap.find k m with
      | Some (r, p) => if ~~ is_gt r && follows st m (Ge, pscale minus_one p) d then make_equal st (PositiveMap.add k (Eq, p) m) l' else None
      | None => None
      end
  end.
Fixpoint take_out (st : scope) (m : PositiveMap.t fact) (l : list (positive * shown_by)) : option (PositiveMap.t fact) :=
  match l with
  | nil => Some m
  | (k, d) :: l' =>
      match PositiveMap.find k m with
      | Some f => let m' := PositiveMap.remove k m in
          if ~~ is_sign k && follows st m' f d then take_out st m' l' else None
      | None => None
      end
  end.
Definition first_equation (l : list holder) : option holder :=
  if filter (fun f : holder => is_eq f.2.2.1) l is f :: _ then Some f else None.
(* the sign of a symbol, among the rows that hold it *)
Definition says_sign (x : positive) (f : holder) : bool :=
  ~~ is_gt f.2.2.1 && nilp (psub f.2.2.2 (psymbol x)).
Definition add_rows (s : system) (m : PositiveMap.t fact) (l : list fact) : system :=
  let r := table_from (next_row s) m l in
  System r.2 (order s ++ rev (foldl (fun s (_ : fact) => (Pos.succ s.1, s.1 :: s.2)) (next_row s, nil) l).2) r.1.
Definition eliminate (st : scope) (s : system) (e : element) : option system :=
  let x := symbol_of e in
  if ~~ unk x then None else
  match make_equal st (there s) (equal e) with
  | None => None
  | Some m =>
      match holders x m (order s) nil with
      | None => None
      | Some l =>
          let m' := foldl (fun m (f : holder) => PositiveMap.remove f.1 m) m l in
          if ~~ all_in (fun f : fact => ~~ mentions (Pos.eqb x) f.2) m' then None else
          if ~~ (nilp l || ~~ mem (signs st) x || has (says_sign x) l) then None else
          let s' :=
            match first_equation l, pairs e with
            | Some g, None => Some (add_rows s m' (map (fun f : holder => without f.2 g.2) (filter (fun f : holder => ~~ Pos.eqb f.1 g.1) l)))
            | None, Some (kept, dropped) =>
                match kept_rows (foldl (fun h (f : holder) => PositiveMap.add f.1 f.2 h) (PositiveMap.empty _) l) None kept nil with
                | Some rows =>
                    let s' := add_rows s m' rows in
                    if drop_all st (there s') l l (kept, dropped) is Some (nil, nil) then Some s' else None
                | None => None
                end
            | _, _ => None
            end in
          match s' with
          | Some s' => if take_out st (there s') (redundant e) is Some m'' then Some (System m'' (order s') (next_row s')) else None
          | None => None
          end
      end
  end.
Fixpoint eliminate_all (st : scope) (s : system) (l : list element) : option system :=
  match l with
  | nil => Some s
  | e :: l' => if eliminate st s e is Some s' then eliminate_all st s' l' else None
  end.
(* the rows that are left, in order; none if one of them holds an unknown *)
Definition rows_left (s : system) : option (list fact) :=
  let l := foldl (fun l k => if PositiveMap.find k (there s) is Some f then f :: l else l) nil (order s) in
  if all_in (fun _ => false) (foldl (fun m k => PositiveMap.remove k m) (there s) (order s))
     && all (fun f : fact => ~~ mentions unk f.2) l then Some (rev l) else None.

(* ---------------- block ---------------- *)
(* in which of some lists each symbol stands; none if one stands twice *)
Fixpoint place_all (n : nat) (l : list positive) (m : PositiveMap.t nat) : option (PositiveMap.t nat) :=
  match l with
  | nil => Some m
  | s :: l' => if mem m s then None else place_all n l' (PositiveMap.add s n m)
  end.
Fixpoint places (n : nat) (ls : list (list positive)) (m : PositiveMap.t nat) : option (PositiveMap.t nat) :=
  match ls with
  | nil => Some m
  | l :: ls' => if place_all n l m is Some m' then places n.+1 ls' m' else None
  end.
Fixpoint places_of (m : PositiveMap.t nat) (l : list positive) : option (list nat) :=
  match l with
  | nil => Some nil
  | s :: l' => match PositiveMap.find s m, places_of m l' with Some i, Some l'' => Some (i :: l'') | _, _ => None end
  end.
(* a sum of unknowns, or minus one, and the rest *)
Definition plain_sum (minus : bool) (p : poly) : option (list positive * poly) :=
  if divide p is Some (l, k) then
    if ~~ nilp l && all (fun t : positive * num => nzero (nadd t.2 (if minus then one else minus_one))) l then Some (map fst l, k) else None
  else None.
(* an equation: its number, the facts of the list that hold an unknown of it, and the sum of these *)
Definition block : Type := positive * (list bool * poly).
Record blocks := Blocks { subtracts : bool; sums : list (list positive * poly); equated : list (list positive * block) }.
Fixpoint sums_of (m : PositiveMap.t fact) (minus : bool) (ks : list positive) : option (list (list positive * poly)) :=
  match ks with
  | nil => Some nil
  | k :: ks' =>
      match PositiveMap.find k m with
      | Some (Ge, p) => match plain_sum minus p, sums_of m minus ks' with Some s, Some l => Some (s :: l) | _, _ => None end
      | _ => None
      end
  end.
Definition equated_of (m : PositiveMap.t nat) (n : nat) (w : positive * fact) : option (list positive * block) :=
  if ~~ is_eq w.2.1 then None else
  match (if plain_sum true w.2.2 is Some s then Some s
         else if plain_sum false w.2.2 is Some (l, k) then Some (l, pscale minus_one k) else None) with
  | Some (l, total) =>
      if places_of m l is Some ps then
        if uniq ps then Some (l, (w.1, (map (fun i => has (eqn i) ps) (iota 0 n), total))) else None
      else None
  | None => None
  end.
Fixpoint all_equated (m : PositiveMap.t nat) (n : nat) (l : list (positive * fact)) : option (list (list positive * block)) :=
  match l with
  | nil => Some nil
  | w :: l' => match equated_of m n w, all_equated m n l' with Some u, Some us => Some (u :: us) | _, _ => None end
  end.
Definition blocks_of (ks : list positive) : option blocks :=
  let m := foldl (fun m (w : positive * fact) => PositiveMap.add w.1 w.2 m) (PositiveMap.empty _) withs in
  match (if sums_of m true ks is Some l then Some (true, l) else omap (pair false) (sums_of m false ks)) with
  | Some (minus, l) =>
      match places 0 (map fst l) (PositiveMap.empty _) with
      | Some at_ =>
          match all_equated at_ (size l) (filter (fun w : positive * fact => ~~ has (Pos.eqb w.1) ks) withs) with
          | Some us =>
              if places 0 (map fst us) (PositiveMap.empty _) is Some in_
              then if all (fun s : list positive * poly => all (fun x => sgn x && mem in_ x) s.1) l
                   then Some (Blocks minus l us) else None
              else None
          | None => None
          end
      | None => None
      end
  | None => None
  end.
Definition within (t s : list bool) : bool := all (fun x => ~~ x.1 || x.2) (zip t s).
Definition touches (t s : list bool) : bool := has (fun x => x.1 && x.2) (zip t s).
(* the sum of the facts of a set, with the blocks dropped *)
Definition set_goal (b : blocks) (s : list bool) : poly :=
  let a := foldl (fun a (x : bool * poly) => if x.1 then push a x.2 else a) nil (zip s (map snd (sums b))) in
  flush (foldl (fun a (u : block) =>
    if subtracts b then (if within u.2.1 s then push a (pscale minus_one u.2.2) else a)
    else if touches u.2.1 s then push a u.2.2 else a) a (map snd (equated b))) nil.
(* a generator exchanges the first two facts of the list, or rotates the list, and takes blocks to blocks *)
Definition turned (rotate : bool) A (l : list A) : list A := if rotate then rot 1 l else exchanged l.
Definition same_polys (p q : list poly) : bool :=
  (size p == size q) && all (fun x => nilp (psub x.1 x.2)) (zip p q).
Definition same_set (s t : list bool) : bool := (size s == size t) && all (fun x => eqb x.1 x.2) (zip s t).
Definition turns (b : blocks) (rotate : bool) (a : action) : bool :=
  let As := map snd (sums b) in
  let us := map snd (equated b) in
  let m := foldl (fun m (u : block) => PositiveMap.add u.1 u.2 m) (PositiveMap.empty _) us in
  let goes_to := move_in a.2 in
  let differ (l : list positive) := if places 0 [:: l] (PositiveMap.empty _) is Some _ then true else false in
  same_polys (map (image a.1) As) (turned rotate As)
  && differ (map fst us) && differ (map (fun u : block => goes_to u.1) us)
  && all (fun u : block =>
       if PositiveMap.find (goes_to u.1) m is Some v
       then same_set (turned rotate v.1) u.2.1 && nilp (psub (image a.1 u.2.2) v.2) else false) us.
Definition turned_by (st : scope) (b : blocks) (ks : list positive) (rotate : bool) : bool :=
  has (fun a : action => same (map (move_in a.2) ks) (turned rotate ks) && turns b rotate a) (acts st).
(* the sets of n facts, as binary numbers ascend *)
Fixpoint all_sets (n : nat) : list (list bool) :=
  if n is m.+1 then map (rcons^~ false) (all_sets m) ++ map (rcons^~ true) (all_sets m) else [:: nil].
Definition first_of (n j : nat) : list bool := nseq j true ++ nseq (n - j) false.
Definition sets_of (st : scope) (b : blocks) (ks : list positive) : option (list (list bool)) :=
  let n := size (sums b) in
  if symmetric st && (1 < n) && turned_by st b ks false && turned_by st b ks true then Some (map (first_of n) (iota 1 n))
  else if n <= 12 then Some (behead (all_sets n)) else None.
Definition block_goals (b : blocks) (sets : list (list bool)) : list fact :=
  map (fun u : list positive * block => (Ge, u.2.2.2)) (equated b) ++ map (fun s => (Ge, set_goal b s)) sets.

(* ---------------- image ---------------- *)
Fixpoint image_by (l : list positive) (p : poly) : option poly :=
  match l with
  | nil => Some p
  | g :: l' => if PositiveMap.find g moves_of is Some m then image_by l' (image (move_in m) p) else None
  end.

(* ---------------- steps ---------------- *)
Fixpoint run (st : scope) (s : steps) {struct s} : bool :=
  match s with
  | Done => closed st
  | Combine (Old k) c rest =>
      match PositiveMap.find k (goals st) with
      | Some g => if combine_ok st g c then run (settle st k) rest else false
      | None => false
      end
  | Combine (New g) c rest =>
      if below (next st) g.2 && combine_ok st g c then run (add_facts st false [:: g]) rest else false
  | Term a rest =>
      let f := (Eq, psub (psymbol (next st)) a) in
      if below (next st) a && below (Pos.succ (next st)) f.2
      then run (add_facts (add_symbol st false) false [:: f]) rest else false
  | Minimum a b l rest =>
      let w := psymbol (next st) in
      match joins st a b w l with
      | Some js =>
          let fs := [:: (Ge, psub a w), (Ge, psub b w) & js] in
          if below (next st) a && below (next st) b && all (below_fact (Pos.succ (next st))) fs
          then run (add_facts (add_symbol st false) false fs) rest else false
      | None => false
      end
  | Quotient a d rest =>
      match look st d with
      | Some (Gt, p) =>
          let f := (Eq, psub (pmul p (psymbol (next st))) a) in
          if below (next st) a && below (next st) p && below (Pos.succ (next st)) f.2
          then run (add_facts (add_symbol st false) false [:: f]) rest else false
      | _ => false
      end
  | Root r rest =>
      match look st r with
      | Some (_, a) =>
          let w := psymbol (next st) in
          let fs := [:: (Ge, w); (Eq, psub (pmul w w) a)] in
          if roots && below (next st) a && all (below_fact (Pos.succ (next st))) fs
          then run (add_facts (add_symbol st false) false fs) rest else false
      | None => false
      end
  | Sort x inner rest =>
      let fs := descending x in
      if symmetric st && (1 < size x) && distinct x && all (fun s => Pos.ltb s (next st)) x
         && moves st x (exchanged x) && moves st x (rot 1 x) && all (below_fact (next st)) fs
      then if run (add_facts (with_goals st (goals st) (goals st) (exists_goal st) (exists_goal st) false) false fs) inner
           then run (settled st) rest else false
      else false
  | Split p s1 s2 rest =>
      let scope f := add_facts (with_goals st (goals st) (open st) (exists_goal st) (exists_open st) false) false [:: f] in
      let f2 := (Gt, pscale minus_one p) in
      if below (next st) p && below (next st) f2.2
      then if run (scope (Ge, p)) s1 then if run (scope f2) s2 then run (settled st) rest else false else false
      else false
  | Dualise s1 is_strict s2 rest =>
      if ~~ exists_goal st then false else
      match parts (next st) withs nil with
      | Some l =>
          let st1 := dual_scope st l false in
          if scope_ok st1 then
            if run st1 s1 then
              let strict := has (fun y : part => is_gt y.2.1) l in
              if eqb strict is_strict then
                if (if strict then let st2 := dual_scope st l true in if scope_ok st2 then run st2 s2 else false else true)
                then run (exists_settled st) rest else false
              else false
            else false
          else false
      | None => false
      end
  | Witness v over inner rest =>
      if ~~ exists_goal st || ~~ npos over || ~~ all (fun a => unk a.1 && ~~ mentions unk a.2) v then false else
      match witness_goals (value_table v) over withs nil with
      | Some l =>
          let gs := table (value_goals v ++ l) in
          let st1 := with_goals st gs gs false false false in
          if all_in (below_fact (next st)) gs then
            if run st1 inner then run (exists_settled st) rest else false
          else false
      | None => false
      end
  | Invariant fs s1 s2 rest =>
      match proc with
      | None => false
      | Some p =>
          match invariant_scopes st p fs with
          | Some (st1, st2) =>
              if run st1 s1 then if run st2 s2 then run (add_facts st false fs) rest else false else false
          | None => false
          end
      end
  | Project l inner rest =>
      if ~~ exists_goal st then false else
      match eliminate_all st start_system l with
      | None => false
      | Some s =>
          match rows_left s with
          | None => false
          | Some fs =>
              let gs := table fs in
              if all_in (below_fact (next st)) gs then
                if run (with_goals st gs gs false false false) inner then run (exists_settled st) rest else false
              else false
          end
      end
  | Image k by_ rest =>
      match PositiveMap.find k known_rows with
      | None => false
      | Some (r, p) =>
          match image_by by_ p with
          | None => false
          | Some q => if below (next st) q then run (add_facts st false [:: (r, q)]) rest else false
          end
      end
  | Generate x l rest =>
      match rows_of st x l with
      | None => false
      | Some rows =>
          match describe (size x) rows with
          | None => false
          | Some (rs, ls) =>
              let st1 := add_generators st rs ls in
              let fs := generated (next st) x (rs ++ ls) in
              if all (fun s => Pos.ltb s (next st)) x && all (below_fact (next st1)) fs
              then run (add_facts st1 false fs) rest else false
          end
      end
  | Prefix (Old k) x y b order rest =>
      match PositiveMap.find k (goals st) with
      | Some g => if prefix_ok st g x y b order then run (settle st k) rest else false
      | None => false
      end
  | Prefix (New g) x y b order rest =>
      if below (next st) g.2 && prefix_ok st g x y b order then run (add_facts st false [:: g]) rest else false
  | Block ks inner rest =>
      if ~~ exists_goal st then false else
      match blocks_of ks with
      | None => false
      | Some b =>
          match sets_of st b ks with
          | None => false
          | Some sets =>
              let gs := table (block_goals b sets) in
              if all_in (below_fact (next st)) gs then
                if run (with_goals st gs gs false false false) inner then run (exists_settled st) rest else false
              else false
          end
      end
  | Exponential q rest =>
      if allowed && below (next st) q then run (add_exponential st q) rest else false
  | Bound s m rest =>
      match PositiveMap.find s (exps st) with
      | Some q =>
          if allowed && below_fact (next st) (exponential_bound s q m) then run (add_facts st false [:: exponential_bound s q m]) rest else false
      | None => false
      end
  | Powers a b rest =>
      match exponent_sum st a, exponent_sum st b with
      | Some q, Some r =>
          if allowed && nilp (psub q r) && below_fact (next st) (equal_powers a b)
          then run (add_facts st false [:: equal_powers a b]) rest else false
      | _, _ => false
      end
  end.
End Checker.

(* ---------------- theorems ---------------- *)
Definition numbered A (n : positive) (l : list A) : list (positive * A) :=
  rev (foldl (fun s x => (Pos.succ s.1, (s.1, x) :: s.2)) (n, nil) l).2.

Section Whole.
Variables (roots exponents : bool) (t : theorem) (hints : list hint).
(* the table of the symbols, the first number above them, and the table of the facts *)
Variables (sorts : PositiveMap.t (bool * bool)) (above : positive) (all_facts : PositiveMap.t fact).
Let unk := unknown_in sorts.
Let sgn := signed_in sorts.

(* g and its inverse permute the symbols and keep sorts; k is where g takes facts *)
Definition inverse_ok (g g' : positive -> positive) : bool :=
  all (fun s => Pos.eqb (g (g' s.1)) s.1
     && (if PositiveMap.find (g s.1) sorts is Some b then eqb b.1 s.2.1 && eqb b.2 s.2.2 else false)) (numbered xH (symbols t)).
Definition facts_move (g : positive -> positive) (k : PositiveMap.t positive) : bool :=
  all (fun f : positive * fact =>
     if PositiveMap.find (move_in k f.1) all_facts is Some f'
     then same_rel f.2.1 f'.1 && is_image g f.2.2 f'.2 && eqb (mentions unk f.2.2) (mentions unk f'.2) else false)
    (numbered xH (facts_of t)).
(* so that the inverse takes facts to facts, too *)
Definition facts_back (k k' : PositiveMap.t positive) : bool :=
  all (fun f : positive * fact => let i := move_in k' f.1 in Pos.eqb (move_in k i) f.1 && mem all_facts i)
    (numbered xH (facts_of t)).
Definition generator_ok (g : list positive) (h : hint) : bool :=
  let n := table_from xH (PositiveMap.empty _) g in let n' := table_from xH (PositiveMap.empty _) h.1 in
  let m := move_in n.2 in let m' := move_in n'.2 in let k := table h.2.1 in
  Pos.eqb n.1 above && Pos.eqb n'.1 above
  && inverse_ok m m' && inverse_ok m' m && facts_move m k && facts_back k (table h.2.2).
Definition generators_ok : bool :=
  (size hints == size (generators t)) && all (fun a => generator_ok a.1 a.2) (zip (generators t) hints).

Definition texps_of : values := if process_of t is Some p then state_exponentials t p else nil.
(* what changes with the state is known by its symbol, and holds no exponential that changes *)
Definition state_ok (p : process) : bool :=
  all (fun a => ~~ mentions (fun s => if value_in texps_of s is Some _ then true else false) a.2 &&
    (if value_in texps_of a.1 is Some q then same_poly q a.2 else ~~ is_state p a.1 && ~~ mentions (is_state p) a.2)) (exponentials t).
Definition theorem_ok : bool :=
  all (below_fact above) (facts_of t) && all (below_fact above) (rows t)
  && (if feasible t then all (fun f : fact => ~~ mentions unk f.2) (rows t) else true)
  && match process_of t with
     | None => true
     | Some p => ~~ feasible t && nilp (generators t) && process_ok above sgn texps_of p
        && all (fun v => ~~ unk v.1) (start p) && state_ok p
     end
  && (nilp (generators t) || nilp (exponentials t))
  && all (fun a => Pos.ltb a.1 above && below above a.2 && ~~ unk a.1 && ~~ mentions unk a.2) (exponentials t).

Definition sign_table : PositiveMap.t bool :=
  foldl (fun m s => if s.2.2 then PositiveMap.add s.1 true m else m) (PositiveMap.empty _) (numbered xH (symbols t)).
Definition withs_of := filter (fun f : positive * fact => mentions unk f.2.2) (numbered xH (facts_of t)).
Definition unknowns_of := map fst (filter (fun s : positive * (bool * bool) => s.2.1) (numbered xH (symbols t))).
Definition acts_of : list action :=
  map (fun a : list positive * hint => (move_in (table a.1), table a.2.2.1)) (zip (generators t) hints).

Definition own : PositiveMap.t poly := value_table (exponentials t).
Definition run_of := run above unk sgn unknowns_of withs_of (process_of t) roots (exponents || has_exponentials t) texps_of own.
Definition moves_table : PositiveMap.t (PositiveMap.t positive) := table (map (fun g => table g) (generators t)).
Definition no_rows : PositiveMap.t fact := PositiveMap.empty _.
Definition rows_scope : scope :=
  let gs := table (rows t) in
  Scope above sign_table all_facts (after (facts_of t)) gs gs false false false nil true own.
Definition exists_scope : scope :=
  let fs := table_from (after (facts_of t)) (hide_in unk all_facts) (rows t) in
  Scope above sign_table fs.2 fs.1 (PositiveMap.empty _) (PositiveMap.empty _) true true (~~ nilp (generators t)) acts_of false own.

(* refutations *)
Definition point_table (l : list (positive * num)) : PositiveMap.t num :=
  foldl (fun m v => PositiveMap.add v.1 v.2 m) (PositiveMap.empty _) l.
Definition coordinate (m : PositiveMap.t num) (s : positive) : num := if PositiveMap.find s m is Some x then x else int Z0.
Definition true_at (m : PositiveMap.t num) (f : fact) : bool := rel_at f.1 (number_at (coordinate m) f.2).
Definition point_ok (m : PositiveMap.t num) (l : list (positive * num)) : bool :=
  all (fun v => Pos.ltb v.1 above && (~~ sgn v.1 || npos v.2)) l.
Definition parameter_value (m : PositiveMap.t num) (s : positive) : option poly :=
  if unk s then None else Some (constant (coordinate m s)).
Fixpoint facts_for (m : PositiveMap.t num) (l : list (positive * fact)) (acc : list fact) : option (list fact) :=
  match l with
  | nil => Some (rev acc)
  | (_, (r, p)) :: l' =>
      if poly_at (parameter_value m) one 64 p is Some q then facts_for m l' ((r, q) :: acc) else None
  end.

Definition check_by (p : proof) : bool :=
  if ~~ (theorem_ok && generators_ok && (if p is Refuted _ _ _ then ~~ has_exponentials t else true)) then false else
  match p with
  | Proved s1 s2 =>
      if run_of no_rows moves_table rows_scope s1
      then (if feasible t then run_of (table (rows t)) moves_table exists_scope s2 else true) else false
  | Refuted l (Some k) _ =>
      let m := point_table l in
      if PositiveMap.find k (table (rows t)) is Some row
      then if process_of t is None then point_ok m l && all (true_at m) (facts_of t) && ~~ true_at m row else false
      else false
  | Refuted l None s =>
      let m := point_table l in
      if ~~ (feasible t && nilp (generators t) && point_ok m l && all (fun v => ~~ unk v.1) l
         && all (true_at m) (filter (fun f : fact => ~~ mentions unk f.2) (facts_of t)) && all (true_at m) (rows t))
      then false else
      match facts_for m withs_of nil with
      | None => false
      | Some l' =>
          let fs := table_from (after (facts_of t)) (PositiveMap.empty _) l' in
          let gs := table [:: (Ge, constant minus_one)] in
          let st := Scope above sign_table fs.2 fs.1 gs gs false false false nil false (PositiveMap.empty _) in
          if scope_ok st then run_of no_rows moves_table st s else false
      end
  end.
End Whole.
Definition check (roots exponents : bool) (t : theorem) (hints : list hint) (p : proof) : bool :=
  let s := table_from xH (PositiveMap.empty _) (symbols t) in check_by roots exponents t hints s.2 s.1 (table (facts_of t)) p.
