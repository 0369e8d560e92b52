(* knapsack.v -- CRS-L4.2, the step of CRS-T4.1: where Pr(load = 0) >= c (4.7), Algorithm 3 accepts an
   element of any size with probability exactly c.  The load has a finite law. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention optimum lpsi rationing.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Knapsack.
Variables (R : realFieldType) (L : seq (R * R)) (c : R).    (* L: probabilities and loads *)
Hypotheses (L0 : weighted L) (c0 : 0 <= c).

Notation pr_fits := (contention.pr_fits L).
Notation pr_empty := (contention.pr_empty L).
Notation bit := (contention.bit L c).

Lemma pr_fits_ge0 s : 0 <= pr_fits s.
Proof.
have := @Ew_le R L (fun=> 0) (fun T => (fits s T)%:R) L0 (fun _ _ => ler0n _ _).
by rewrite {1}/Ew big1 // => u _; rewrite mulr0.
Qed.

(* (4.8): the minimum of line 11 is not needed *)
Lemma CRS_L4_2_ratio s : c <= pr_empty -> pr_fits s < c -> (c - pr_fits s) / pr_empty <= 1.
Proof.
move=> ce fc; have e0 : 0 < pr_empty by apply: lt_le_trans ce; apply: le_lt_trans (pr_fits_ge0 s) fc.
by rewrite ler_pdivr_mulr // mul1r ler_subl_addr (le_trans ce) // ler_addl pr_fits_ge0.
Qed.

(* (4.9) *)
Theorem CRS_L4_2 s : c <= pr_empty -> Ew L (bit s) = c.
Proof.
move=> ce; have f0 := pr_fits_ge0 s.
pose u := Num.min 1 (c / pr_fits s).
pose v := if pr_fits s < c then Num.min 1 ((c - pr_fits s) / pr_empty) else 0.
have -> : Ew L (bit s) = u * pr_fits s + v * pr_empty.
  rewrite /pr_fits /pr_empty -!EwZ -EwD; apply: Ew_ext => T; rewrite /bit -/u.
  case: ifP => [/andP[T0 _]|_]; first by rewrite gt_eqF // mulr1 mulr0 addr0.
  by rewrite mulr0 add0r /v; case: eqP => _; rewrite ?mulr1 ?mulr0 //=; case: ifP.
have [fc|cf] := ltP (pr_fits s) c.
  have e0 : pr_empty != 0.
    by rewrite gt_eqF //; apply: lt_le_trans ce; apply: le_lt_trans f0 fc.
  have -> : u * pr_fits s = pr_fits s.
    rewrite /u; have [->|fn] := eqVneq (pr_fits s) 0; first by rewrite mulr0.
    rewrite min_l ?mul1r // ler_pdivl_mulr ?mul1r ?ltW //.
    by rewrite lt_neqAle eq_sym fn.
  by rewrite /v fc min_r ?CRS_L4_2_ratio // divfK // addrC subrK.
rewrite /v ltNge cf /= mul0r addr0 /u; have [fz|fn] := eqVneq (pr_fits s) 0.
  by rewrite fz mulr0; apply/esym/le_anti; rewrite c0 -fz cf.
rewrite min_r ?divfK // ler_pdivr_mulr ?mul1r //.
by rewrite lt_neqAle eq_sym fn.
Qed.

End Knapsack.
