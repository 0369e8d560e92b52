(* sizes.v -- knapsack schemes for elements that all have the size s, and are there with probabilities x
   ([CRS] section 4, as its Theorem 1.5 needs them).  Read contention.v first.  Nothing is proved here. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import contention.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Sizes.
Variables (R : realFieldType) (s : R).
(* A history, latest first: was the element there, was it accepted.  d h is the probability of accepting
   the next element if it is there. *)
Definition kscheme := seq (bool * bool) -> R.
Implicit Types (x : nat -> R) (d : kscheme) (f : seq (bool * bool) -> R).
Definition load (h : seq (bool * bool)) : R := s * (count snd h)%:R.
Definition is_knapsack d := (forall h, 0 <= d h <= 1) /\ forall h, 1 < load h + s -> d h = 0.
(* expectation of f over the history of the first k elements, and Pr(accepted | there) at position k *)
Fixpoint Kx x d k f : R :=
  if k is k'.+1 then Kx x d k' (fun h => x k' * (d h * f ((true, true) :: h) + (1 - d h) * f ((true, false) :: h))
                                         + (1 - x k') * f ((false, false) :: h))
  else f [::].
Definition taken_given x d k := Kx x d k d.

(* beta is guaranteed in the forward and the backward order, which the scheme knows, with a private seed *)
Definition knapsack_guaranteed n x beta := exists (S : finType) (mu : S -> R) (d : S -> bool -> kscheme),
  [/\ forall r, 0 <= mu r, \sum_r mu r = 1, forall r l, is_knapsack (d r l)
    & forall i, (i < n)%N -> beta <= \sum_l half R l * \sum_r mu r * taken_given (fun k => x (fb n l k)) (d r l) (fb n l i)].
End Sizes.
