(* clocks.v -- the race of exponential clocks behind list matching (GLS, Rowan, Phan and Khisti 2025).  Token i has a
   clock S i k for each of K+1 drafts, all independent, and each runs longer than t with probability e^-t.  Draft k is
   the token with the least S i k / p i, the output the token with the least S i k / q i over all k. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import integral.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Num.Theory.
Local Open Scope ring_scope.

Section Clocks.
Variables (R : realFieldType) (Omega : finType) (K : nat) (p q : Omega -> R).

Definition takes (S : Omega -> 'I_K.+1 -> R) k j := forall i, i != j -> S j k * p i < S i k * p j.
(* clock (j, k) decides the output, so that the output is j; of one S this holds of one (j, k) at most *)
Definition emits (S : Omega -> 'I_K.+1 -> R) k j := forall i l, (i, l) != (j, k) -> S j k * q i < S i l * q j.

(* the density of S j k at s, times the probabilities that each other clock runs longer than it must (coincide_iff) *)
Variable E : R -> R.
Definition pace j i := Num.max (p i / p j) (q i / q j).
Definition coincide k j s := E (- s) * \prod_(i | i != j) E (- (pace j i * s))
  * \prod_(l : 'I_K.+1 | l != k) \prod_i E (- (q i / q j * s)).
End Clocks.

(* the integral from 0 to infinity *)
Definition improper (R : realFieldType) (f : R -> R) I := forall eps, 0 < eps -> exists2 T, 0 <= T &
  forall t, T <= t -> exists2 J, integral f 0 t J & `|J - I| <= eps.
