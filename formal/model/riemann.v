(* riemann.v -- integrals of monotone functions.  A monotone f has the integral F b - F a where between any two
   points F rises by no less and no more than the values of f there allow. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities integral.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Monotone.
Variables (R : realFieldType) (f F : R -> R) (a b : R).

Lemma steps_within d n u v k : steps a b d n u v -> (k < n)%N -> a <= u k /\ u k.+1 <= b.
Proof.
case=> <- <- S kn; have le i j : (i <= j)%N -> (j <= n)%N -> u i <= u j.
  move=> /subnK <-; elim: (j - i)%N => // m IH; rewrite addSn => mn.
  have [/andP[l r] _] := S _ mn; exact: le_trans (IH (ltnW mn)) (le_trans l r).
by split; [apply: le (ltnW kn)|apply: le].
Qed.

Theorem monotone_integral :
  (forall x y, a <= x -> x <= y -> y <= b -> f y <= f x /\ f y * (y - x) <= F y - F x <= f x * (y - x)) ->
  a <= b -> integral f a b (F b - F a).
Proof.
move=> H ab eps e0; have [fab _] := H a b (lexx _) ab (lexx _).
have s0 : 0 < f a - f b + 1 by rewrite ltr_paddl ?subr_ge0 ?ltr01.
exists (eps / (f a - f b + 1)); first by rewrite divr_gt0.
move=> n u v St; have W k := steps_within (k := k) St; have [ua ub S] := St.
have tel (G : R -> R) : \sum_(k < n) (G (u k.+1) - G (u k)) = G b - G a.
  by rewrite -ua -ub -(big_mkord xpredT (fun k => G (u k.+1) - G (u k))) telescope_sumr.
rewrite -(tel F) -sumrB; apply: le_trans (ler_norm_sum _ _ _) _.
set d := eps / _ in S *; have d0 : 0 <= d by rewrite /d ltW // divr_gt0.
apply: (@le_trans _ _ (\sum_(k < n) (f (u k) - f (u k.+1)) * d)).
  apply: ler_sum => -[k kn] _ /=; have [/andP[l r] st] := S k kn; have [ak kb] := W k kn.
  have [fk /andP[Fl Fr]] := H _ _ ak (le_trans l r) kb.
  have [f1 _] := H _ _ ak l (le_trans r kb); have [f2 _] := H _ _ (le_trans ak l) r kb.
  have w : 0 <= u k.+1 - u k by rewrite subr_ge0 (le_trans l).
  apply: le_trans (ler_wpmul2l _ st); last by rewrite subr_ge0.
  rewrite mulrBl ler_norml opprB; apply/andP; split; apply: ler_sub => //; exact: ler_wpmul2r.
have := tel (fun x => - f x); under eq_bigr do rewrite opprK addrC; rewrite opprK addrC => E.
rewrite -mulr_suml E /d mulrA ler_pdivr_mulr // mulrC ler_wpmul2l ?(ltW e0) //.
by rewrite ler_addl ler01.
Qed.
End Monotone.

Lemma integral_opp (R : realFieldType) (f : R -> R) a b I : integral (fun x => - f x) a b (- I) -> integral f a b I.
Proof.
move=> H eps /H[d d0 S]; exists d => // n u v /S; rewrite -normrN opprD -sumrN opprK.
by under eq_bigr do rewrite mulNr opprK.
Qed.

(* There is one integral, where there are steps of any size. *)
Theorem integral_unique (R : archiFieldType) (f : R -> R) a b I J :
  a <= b -> integral f a b I -> integral f a b J -> I = J.
Proof.
move=> ab HI HJ; apply/eqP; rewrite -subr_eq0 -normr_eq0 eq_le normr_ge0 andbT leNgt; apply/negP => lt.
have e0 : 0 < `|I - J| / 3%:R by rewrite divr_gt0 ?ltr0n.
have [d d0 SI] := HI _ e0; have [d' d0' SJ] := HJ _ e0; pose m := Num.min d d'.
have m0 : 0 < m by rewrite lt_minr d0.
have q0 : 0 <= (b - a) / m by rewrite divr_ge0 ?subr_ge0 // ltW.
pose n := Num.bound ((b - a) / m); have big := archi_boundP q0; rewrite -/n in big.
have n0 : (0 : R) < n%:R := le_lt_trans q0 big.
pose u k := a + (b - a) / n%:R * k%:R; have w0 : 0 <= (b - a) / n%:R by rewrite divr_ge0 ?subr_ge0 ?ler0n.
have uS k : u k.+1 - u k = (b - a) / n%:R by rewrite /u -[k.+1]addn1 natrD; field; rewrite gt_eqF.
have wm : (b - a) / n%:R <= m by rewrite ler_pdivr_mulr // mulrC -ler_pdivr_mulr // ltW.
have St D : m <= D -> steps a b D n u u.
  move=> mD; split=> [||k _]; [by rewrite /u mulr0 addr0|by rewrite /u divfK ?gt_eqF // addrC subrK|].
  by split; [rewrite lexx -subr_ge0 uS|rewrite uS (le_trans wm)].
have := ler_add (SI _ _ _ (St d _)) (SJ _ _ _ (St d' _)); rewrite !le_minl !lexx orbT => /(_ isT isT).
set S := \sum_(k < n) _; rewrite -[`|S - I|]distrC => le2.
have := le_trans (le_trans (ler_norm_add (I - S) (S - J)) le2) (lexx _); rewrite addrA subrK.
rewrite -mulrDl ler_pdivl_mulr ?ltr0n // leNgt => /negP; apply.
by rewrite -mulr2n -mulr_natr ltr_pmul2l // ltr_nat.
Qed.
