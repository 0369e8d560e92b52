(* integrals.v -- the formulas that stand for integrals in CRS-P3.2, CRS-L3.3, CRS-P3.6, CRS-P4.3 and CRS-L4.4 are
   these integrals. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities contention demands integral riemann lpsi phi third.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Exponential.
Variables (R : realFieldType) (E : R -> R) (rho : R).
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t) (rho0 : 0 <= rho).

(* CRS-L3.3: mean a b is the mean of phi over [a, b]; CRS-P3.2: Phi z is the integral of phi from 0 to z *)
Theorem mean_integral a b : a <= b -> integral (phi E rho) a b ((b - a) * mean E rho a b).
Proof.
move=> ab; rewrite mean_mul; apply: monotone_integral => // x y _ xy _.
by rewrite (Phi_upper E0 ED E1) // (Phi_lower E0 ED E1) // (phi_decr E0 ED E1).
Qed.
Theorem Phi_integral z : 0 <= z -> integral (phi E rho) 0 z (Phi E rho z).
Proof. by move/mean_integral; rewrite mean_mul Phi0 ?subr0. Qed.

(* CRS-P3.6, (3.17): gamma z and the integral of gamma from z to rho together are rho alpha_0 / 2 *)
Theorem CRS_P3_6 z : z <= rho ->
  exists2 I, integral (gamma E rho) z rho I & gamma E rho z + I = rho * alpha0 E rho / 2%:R.
Proof.
move=> zr; exists (gamma E rho rho - gamma E rho z); last by rewrite addrC subrK (CRS_P3_6_end E0 ED).
apply: integral_opp; rewrite opprB addrC -[X in _ + X]opprK.
apply: (monotone_integral (F := fun x => - gamma E rho x)) => // x y _ xy _.
have up := CRS_P3_6_riemann E0 ED E1 rho0 x y; have lo := CRS_P3_6_riemann E0 ED E1 rho0 y x.
rewrite ler_opp2 (CRS_P3_6_incr E0 ED E1) // -opprD !mulNr !ler_opp2 [gamma E rho y * _]mulrC up; split=> //.
by rewrite /= -[gamma E rho y - _]opprB -[y - x]opprB mulrN ler_opp2 mulrC.
Qed.
End Exponential.

(* CRS-P4.3 and CRS-L4.4: the same for 4/9 - 2z/9, and the choice of (4.18) is its mean over the interval of an element *)
Section Third.
Variable R : realFieldType.
Theorem phi_third_decr (x y : R) : x <= y -> phi_third y <= phi_third x.
Proof.
move=> xy; rewrite -subr_ge0 [X in _ <= X](_ : _ = 2%:R * (y - x) / 9%:R); last by rewrite /phi_third; ring.
by rewrite divr_ge0 ?mulr_ge0 ?ler0n ?subr_ge0.
Qed.
Lemma third_between (a b : R) : a <= b -> integral (@phi_third R) a b (Phi_third b - Phi_third a).
Proof.
move=> ab; apply: monotone_integral => // x y _ xy _; split; first exact: phi_third_decr.
have sq : 0 <= (y - x) ^+ 2 / 9%:R by rewrite divr_ge0 ?sqr_ge0 ?ler0n.
by apply/andP; split; rewrite -subr_ge0 [X in _ <= X](_ : _ = (y - x) ^+ 2 / 9%:R) //; rewrite /phi_third /Phi_third; ring.
Qed.
Theorem Phi_third_integral (z : R) : 0 <= z -> integral (@phi_third R) 0 z (Phi_third z).
Proof. by move/third_between; rewrite {2}/Phi_third mulr0 expr2 !mul0r subrr subr0. Qed.
Theorem third_integral (mu : nat -> R) k : 0 <= mu k ->
  integral (@phi_third R) (start mu k) (start mu k.+1) (mu k * third mu k).
Proof.
move=> m0; have le : start mu k <= start mu k.+1 by rewrite startS ler_addl.
have := third_between le; congr (integral _ _ _ _); rewrite startS /Phi_third /third; ring.
Qed.
End Third.
