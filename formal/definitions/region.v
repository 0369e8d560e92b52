(* region.v -- the service functions and the ex-ante feasible region of [CRS], Definitions 1 and 4, for demands of
   finitely many values.  Read contention.v first.  Nothing is proved here. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Region.
Variable R : realFieldType.
(* s(y, x), y allocated to the demand x: type I 1(y >= x), type II min(y, x)/mu, type III min(y, x)/x *)
Inductive service := TypeI | TypeII of R | TypeIII.
Definition serves (s : service) (y x : R) : R :=
  match s with
  | TypeI => (x <= y)%R%:R
  | TypeII mu => Num.min y x / mu
  | TypeIII => Num.min y x / x
  end.

(* agent i has the demand d i j with probability m i j, and the service s i *)
Variables (I J : finType) (m d : I -> J -> R) (s : I -> service).
(* g j is the probability of demand j and Q <= q for one q: less demands come first *)
Definition below_quantile i (g : J -> R) :=
  (forall j, 0 <= g j <= m i j) /\ forall j k, d i j < d i k -> g j < m i j -> g k = 0.
(* (2.1) and (2.2) *)
Definition ex_ante (beta : I -> R) := exists g : I -> J -> R,
  [/\ forall i, below_quantile i (g i), \sum_i \sum_j g i j * Num.min (d i j) 1 <= 1
    & forall i, \sum_j g i j * serves (s i) (Num.min (d i j) 1) (d i j) = beta i].

(* Any algorithm, online or offline: in outcome o, of probability P o, agent i has the demand D o i and gets Y o i. *)
Variables (O : finType) (P : O -> R) (D : O -> I -> J) (Y : O -> I -> R).
Definition allots := [/\ forall o, 0 <= P o, \sum_o P o = 1, forall o i, 0 <= Y o i & forall o, \sum_i Y o i <= 1].
Definition demands := forall i j, \sum_(o | D o i == j) P o = m i j.
Definition expected_service i := \sum_o P o * serves (s i) (Y o i) (d i (D o i)).
End Region.
