(* demands.v -- knapsack schemes for random sizes, and rationing by them ([CRS] Theorem 1.1, type I).  Read
   contention.v first.  Nothing is proved here. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import contention.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Demands.
(* agent k has demand d k j with probability g k j and is then considered (Q_k <= q_k), and not else; its
   element has the size min(D_k, 1) *)
Variables (R : realFieldType) (J : finType) (g d : nat -> J -> R).
(* A history, latest first: which demand was considered, was it accepted.  p h j is the probability of
   accepting the next element if its demand is j. *)
Definition history := seq (option J * bool).
Definition policy := history -> J -> R.
Implicit Types (p : policy) (h : history) (f : history -> R).
Fixpoint used h : R :=
  if h is (o, b) :: h' then (if o is Some j then if b then unit_demand d (size h') j else 0 else 0) + used h' else 0.
Definition is_policy p :=
  (forall h j, 0 <= p h j <= 1) /\ forall h j, 1 < used h + unit_demand d (size h) j -> p h j = 0.
(* expectation of f over the history of the first k agents *)
Fixpoint Hx p k f : R :=
  if k is k'.+1 then Hx p k' (fun h =>
    \sum_j g k' j * (p h j * f ((Some j, true) :: h) + (1 - p h j) * f ((Some j, false) :: h))
    + (1 - \sum_j g k' j) * f ((None, false) :: h))
  else f [::].
Definition accepts_size p k j := Hx p k (fun h => p h j).      (* Pr(accepted | demand j), at position k *)
(* E[s(Y_k, D_k)] where Y_k = min(D_k, 1) if the element is accepted, and 0 else; s is the service *)
Definition served (s : R -> R -> R) p k := Hx p k.+1 (fun h =>
  if h is (Some j, b) :: _ then s (if b then unit_demand d k j else 0) (d k j) else 0).
End Demands.
