(* programs.v -- linear programs and polyhedra over an ordered field, as the theorems on maxima speak of them. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Local Open Scope ring_scope.

(* ---- linear forms and polyhedra over finitely many variables ---- *)
Section Linear.
Variables (R : realFieldType) (T : finType).
Definition linear (f : (T -> R) -> R) := exists c : T -> R, forall x, f x = \sum_t c t * x t.
Definition sat (x : T -> R) (r : (T -> R) * R) := \sum_t r.1 t * x t <= r.2.
Definition polyhedral (P : (T -> R) -> Prop) := exists rows : seq ((T -> R) * R), forall x, P x <-> all (sat x) rows.
End Linear.

(* ---- n variables x and one parameter beta: rows par beta + sum_(i < n) coef_i x_i <= rhs ---- *)
Section Rows.
Variable R : realFieldType.
Record row := Row { par : R; coef : nat -> R; rhs : R }.
Definition slack n beta (x : nat -> R) c := rhs c - par c * beta - \sum_(i < n) coef c i * x i.
Definition holds n beta (x : nat -> R) c := 0 <= slack n beta x c.
End Rows.
