(* meaning.v -- what a theorem of a certificate of format 2 says (certificate/kernel/FORMAT.md, section 3),
   over an ordered field R.  Symbols and facts are numbered from 1 here. *)
From Coq Require Import ZArith FMapPositive.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import polynomial.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition values := list (positive * poly).     (* symbols, and what they become *)
Record process := Process {
  moments : list bool;                           (* its symbols, after those of the theorem: is it nonnegative? *)
  moment_facts : list fact;
  start : values;
  update : values;
  moment_exponentials : values                   (* of its symbols, those that are exponentials, and their exponents *)
}.
Record theorem := Statement {
  feasible : bool;                               (* the kind: feasible, or implied *)
  symbols : list (bool * bool);                  (* is it an unknown? is it nonnegative? *)
  facts_of : list fact;
  rows : list fact;
  generators : list (list positive);             (* for each symbol the symbol it goes to *)
  process_of : option process;
  exponentials : values                          (* symbols that are exponentials, and their exponents *)
}.

(* the entries of a list by their numbers, and the next number *)
Definition table_from A (n : positive) (m : PositiveMap.t A) (l : list A) : positive * PositiveMap.t A :=
  foldl (fun s x => (Pos.succ s.1, PositiveMap.add s.1 x s.2)) (n, m) l.
Definition table A (l : list A) : PositiveMap.t A := (table_from xH (PositiveMap.empty A) l).2.
Definition after A (l : list A) : positive := (table_from xH (PositiveMap.empty A) l).1.

Definition unknown_in (sorts : PositiveMap.t (bool * bool)) (s : positive) : bool :=
  if PositiveMap.find s sorts is Some (true, _) then true else false.
Definition signed_in (sorts : PositiveMap.t (bool * bool)) (s : positive) : bool :=
  if PositiveMap.find s sorts is Some (_, true) then true else false.
(* the permutation of a generator *)
Definition move_in (g : PositiveMap.t positive) (s : positive) : positive :=
  if PositiveMap.find s g is Some r then r else s.
Fixpoint value_in (l : values) (s : positive) : option poly :=
  if l is (r, p) :: l' then if Pos.eqb s r then Some p else value_in l' s else None.

(* The state of a process: symbols, and the exponentials of the theorem whose exponents change with them *)
Definition is_state (p : process) (s : positive) : bool := if value_in (start p) s is Some _ then true else false.
Definition state_exponentials (t : theorem) (p : process) : values := filter (fun a => mentions (is_state p) a.2) (exponentials t).
Definition has_exponentials (t : theorem) : bool :=
  ~~ nilp (exponentials t) || (if process_of t is Some p then ~~ nilp (moment_exponentials p) else false).

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* what is asked of an exponential: e^0 = 1, e^(s+t) = e^s e^t, and its Taylor polynomials of odd degree, and 0, lie below it *)
Definition exponential (R : realFieldType) (E : R -> R) :=
  [/\ E 0 = 1, forall s t, E (s + t) = E s * E t & forall m t, \sum_(k < m.*2) t ^+ k / (k`!)%:R <= E t].

Section Meaning.
Variables (R : realFieldType) (E : R -> R) (t : theorem).
Definition point := positive -> R.
Implicit Types e x z : point.

Definition unknown := unknown_in (table (symbols t)).
Definition signed := signed_in (table (symbols t)).
Definition holds_unknown (f : fact) := mentions unknown f.2.

(* a product of generators *)
Definition moved (w : list (list positive)) e : point := foldr (fun g e => e \o move_in (table g)) e w.
Definition all_rows e := forall w row, (forall g, List.In g w -> List.In g (generators t)) ->
  List.In row (rows t) -> holds (moved w e) row.

(* these symbols are E of their exponents *)
Definition are_exponentials (l : values) e := forall a, List.In a l -> e a.1 = E (peval e a.2).
Definition with_exponentials (l : values) e : point := fun s => if value_in l s is Some q then E (peval e q) else e s.

Definition implied_meaning := forall e, are_exponentials (exponentials t) e ->
  (forall s, signed s -> 0 <= e s) -> (forall f, List.In f (facts_of t) -> holds e f) -> all_rows e.

Definition feasible_meaning := forall e, are_exponentials (exponentials t) e ->
  (forall s, ~~ unknown s -> signed s -> 0 <= e s) ->
  (forall f, List.In f (facts_of t) -> ~~ holds_unknown f -> holds e f) ->
  (exists x, [/\ forall s, ~~ unknown s -> x s = e s,
                 forall s, unknown s -> signed s -> 0 <= x s
               & forall f, List.In f (facts_of t) -> holds_unknown f -> holds x f])
  <-> all_rows e.

(* a process: e with new values of the state, as it is at the start, and after any number of times *)
Definition become (l : values) z e : point := fun s => if value_in l s is Some p then peval z p else e s.
Definition below_theorem s := Pos.ltb s (after (symbols t)).
Inductive reached (p : process) e : point -> Prop :=
  | Started : reached p e (with_exponentials (state_exponentials t p) (become (start p) e e))
  | Continued e' z : reached p e e' ->
      (forall s, below_theorem s -> z s = e' s) ->
      (forall s, PositiveMap.find s (table_from (after (symbols t)) (PositiveMap.empty _) (moments p)).2 = Some true -> 0 <= z s) ->
      (forall f, List.In f (moment_facts p) -> holds z f) -> are_exponentials (moment_exponentials p) z ->
      reached p e (with_exponentials (state_exponentials t p) (become (update p) z e')).
Definition process_meaning (p : process) := forall e e', reached p e e' -> are_exponentials (exponentials t) e' ->
  (forall s, signed s -> 0 <= e' s) -> (forall f, List.In f (facts_of t) -> holds e' f) ->
  forall row, List.In row (rows t) -> holds e' row.

Definition meaning_with := match process_of t with
  | Some p => process_meaning p
  | None => if feasible t then feasible_meaning else implied_meaning
  end.
End Meaning.

(* without exponentials no E is mentioned *)
Definition meaning (R : realFieldType) (t : theorem) :=
  if has_exponentials t then forall E : R -> R, exponential E -> meaning_with E t else meaning_with (fun=> 0 : R) t.
