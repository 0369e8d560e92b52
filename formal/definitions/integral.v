(* integral.v -- Riemann's integral: sums over points a = u_0 <= ... <= u_n = b with steps of at most d, and a point
   v_k in each, come near it as d gets small.  In an archimedean field, as the reals are, there is no more than one
   (integral_unique); in any other, every I is one if a < b. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Local Open Scope ring_scope.

Section Integral.
Variables (R : realFieldType) (f : R -> R) (a b : R).
Definition steps (d : R) n (u v : nat -> R) :=
  [/\ u 0%N = a, u n = b & forall k, (k < n)%N -> u k <= v k <= u k.+1 /\ u k.+1 - u k <= d].
Definition integral I := forall eps, 0 < eps -> exists2 d, 0 < d &
  forall n u v, steps d n u v -> `|\sum_(k < n) f (v k) * (u k.+1 - u k) - I| <= eps.
End Integral.
