(* rationing.v -- CRS-L2.2 (the reduction behind CRS-T1.1 for service of types II and III): Algorithm 1
   with calibrated thresholds turns acceptance probabilities c_k of a single-unit scheme into
   allocations with E[Y_k] = c_k x_k and expected service at least c_k times the ex-ante service.
   One order is fixed; agents are numbered by their position in it.  Laws are finite. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention optimum lpsi.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- a weighted list of values, and its expectation ---- *)
Section Law.
Variable R : realFieldType.
Implicit Types (L : seq (R * R)) (f : R -> R).


Lemma Ew_le L f f' : weighted L -> (forall s, s \in L -> f s.2 <= f' s.2) -> Ew L f <= Ew L f'.
Proof.
move=> /allP w H; rewrite /Ew ![\sum_(s <- L) _]big_seq.
by apply: ler_sum => s sL; rewrite ler_wpmul2l ?w ?H.
Qed.

Definition inside (lo hi : R) (s : R * R) := lo < s.2 < hi.

(* calibration: a threshold that reaches any mean between 0 and the one without a threshold *)

Definition F L tau := Ew L (fun a => Num.min a tau).

Lemma calibrate L lo hi y : lo <= hi -> Ew L (fun a => Num.min a lo) <= y <= Ew L (fun a => Num.min a hi) ->
  exists2 tau, lo <= tau <= hi & Ew L (fun a => Num.min a tau) = y.
Proof.
rewrite -/(F L lo) -/(F L hi); suff: lo <= hi -> F L lo <= y <= F L hi -> exists2 tau, lo <= tau <= hi & F L tau = y by [].
move En: (count (inside lo hi) L) => n.
elim/ltn_ind: n lo hi En => n IH lo hi En lh /andP[Fl Fh].
have [/hasP[s sL /andP[ls sh]]|no] := boolP (has (inside lo hi) L).
  have dec lo' hi' : lo <= lo' -> hi' <= hi -> ~~ inside lo' hi' s ->
      (count (inside lo' hi') L < n)%N.
    move=> l' h' ns; rewrite -En.
    have si : inside lo hi s by rewrite /inside ls.
    have sub z : inside lo' hi' z -> inside lo hi z.
      by case/andP=> a b; rewrite /inside (le_lt_trans l' a) (lt_le_trans b h').
    elim: L sL {Fl Fh IH En} => // u L IHL; rewrite inE => /orP[/eqP<-|sL] /=.
      by rewrite (negbTE ns) si add0n add1n ltnS sub_count.
    have lt := IHL sL; case B: (inside lo' hi' u); first by rewrite (sub _ B) ltn_add2l.
    by rewrite add0n; apply: leq_trans lt _; rewrite leq_addl.
  have [ya|/ltW ay] := leP y (F L s.2).
    have [||tau /andP[a b] E] := IH _ (dec lo s.2 (lexx _) (ltW sh) _) lo s.2 erefl (ltW ls).
    - by rewrite /inside ltxx andbF.
    - by rewrite Fl.
    by exists tau => //; rewrite a (le_trans b (ltW sh)).
  have [||tau /andP[a b] E] := IH _ (dec s.2 hi (ltW ls) (lexx _) _) s.2 hi erefl (ltW sh).
  - by rewrite /inside ltxx.
  - by rewrite ay.
  by exists tau => //; rewrite b (le_trans (ltW ls) a).
(* no value inside: F is linear between lo and hi *)
have lin t : 0 <= t -> t <= 1 -> F L (lo + t * (hi - lo)) = F L lo + t * (F L hi - F L lo).
  move=> t0 t1; rewrite /F /Ew -sumrB mulr_sumr -big_split /= big_seq [RHS]big_seq.
  apply: eq_bigr => s sL; have := hasPn no _ sL.
  have d0 : 0 <= hi - lo by rewrite subr_ge0.
  have m1 : lo <= lo + t * (hi - lo) by rewrite ler_addl mulr_ge0.
  have m2 : lo + t * (hi - lo) <= hi.
    by rewrite -ler_subr_addl ler_pimull.
  rewrite /inside negb_and -!leNgt => /orP[sl|hs].
    rewrite (min_idPl sl) (min_idPl (le_trans sl m1)) (min_idPl (le_trans sl lh)); ring.
  rewrite (min_idPr hs) (min_idPr (le_trans m2 hs)) (min_idPr (le_trans lh hs)); ring.
have [e|ne] := eqVneq (F L hi) (F L lo).
  by exists lo; rewrite ?lexx //; apply: le_anti; rewrite Fl -e Fh.
have gp : 0 < F L hi - F L lo.
  by rewrite lt_neqAle eq_sym subr_eq0 ne subr_ge0 (le_trans Fl).
pose t := (y - F L lo) / (F L hi - F L lo).
have t0 : 0 <= t by apply: divr_ge0; [rewrite subr_ge0|exact: ltW].
have t1 : t <= 1 by rewrite ler_pdivr_mulr // mul1r ler_add2r.
exists (lo + t * (hi - lo)); last by rewrite lin // /t divfK ?gt_eqF // addrC subrK.
rewrite ler_addl mulr_ge0 ?subr_ge0 //= -ler_subr_addl ler_pimull // subr_ge0.
exact: lh.
Qed.
End Law.

(* Chebyshev's sum inequality, weights and two functions in the same order *)
Lemma chebyshev (R : realFieldType) (J : finType) (w u v : J -> R) :
  (forall i, 0 <= w i) -> (forall i j, 0 <= (u i - u j) * (v i - v j)) ->
  (\sum_i w i * u i) * (\sum_i w i * v i) <= (\sum_i w i) * (\sum_i w i * (u i * v i)).
Proof.
move=> w0 H; rewrite -subr_ge0.
have P (a b : J -> R) : (\sum_i a i) * (\sum_i b i) = \sum_i \sum_j a i * b j.
  by rewrite mulr_suml; apply: eq_bigr => i _; rewrite mulr_sumr.
have S : 0 <= \sum_i \sum_j w i * w j * ((u i - u j) * (v i - v j)).
  by apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; apply: mulr_ge0 => //; apply: mulr_ge0.
have E : \sum_i \sum_j w i * w j * ((u i - u j) * (v i - v j))
  = 2%:R * ((\sum_i w i) * (\sum_i w i * (u i * v i)) - (\sum_i w i * u i) * (\sum_i w i * v i)).
  have -> : 2%:R * ((\sum_i w i) * (\sum_i w i * (u i * v i)) - (\sum_i w i * u i) * (\sum_i w i * v i))
    = (\sum_i w i) * (\sum_i w i * (u i * v i)) + (\sum_i w i * (u i * v i)) * (\sum_i w i)
      - ((\sum_i w i * u i) * (\sum_i w i * v i) + (\sum_i w i * v i) * (\sum_i w i * u i)) by ring.
  rewrite !P -!big_split /= -sumrB; apply: eq_bigr => i _.
  rewrite -!big_split /= -sumrB; apply: eq_bigr => j _; ring.
by move: S; rewrite E pmulr_rge0 ?ltr0n.
Qed.

(* ---- Algorithm 1 ---- *)
Section Rationing.
Variables (R : realFieldType) (J : finType) (g d : nat -> J -> R) (c : nat -> R).
(* agent k has demand d k j with probability g k j and is then considered (Q_k <= q_k); with the rest
   of the probability it is not *)
Hypotheses (g0 : forall k j, 0 <= g k j) (g1 : forall k, \sum_j g k j <= 1) (d0 : forall k j, 0 < d k j).
Implicit Types (tau : nat -> R) (L : seq (R * R)).

Notation unit_demand := (contention.unit_demand d).
Notation x := (contention.xload g d).
Notation alloc := (contention.alloc d).
Notation next := (contention.next g d).
Notation rem := (contention.rem g d).
Notation allocation := (contention.allocation g d).
Notation fill_rate := (contention.fill_rate g d).

Lemma Ew_next tau k L f :
  Ew (next tau k L) f
  = Ew L (fun r => (1 - \sum_j g k j) * f r + \sum_j g k j * f (r - alloc tau k r j)).
Proof.
rewrite /Ew /next; elim: L => [|s L IH] /=; first by rewrite !big_nil.
rewrite big_cons big_cat /= IH big_cons big_map big_enum /= addrA; congr (_ + _).
rewrite [RHS]mulrDr mulr_sumr mulrA; congr (_ + _); apply: eq_bigr => j _.
by rewrite mulrA.
Qed.

Lemma EwD L f f' : Ew L (fun r => f r + f' r) = Ew L f + Ew L f'.
Proof. by rewrite /Ew -big_split /=; apply: eq_bigr => s _; rewrite mulrDr. Qed.
Lemma EwN L f : Ew L (fun r => - f r) = - Ew L f.
Proof. by rewrite /Ew -sumrN; apply: eq_bigr => s _; rewrite mulrN. Qed.
Lemma EwZ L a f : Ew L (fun r => a * f r) = a * Ew L f.
Proof. by rewrite /Ew mulr_sumr; apply: eq_bigr => s _; rewrite mulrCA. Qed.
Lemma Ew_sum L (f : J -> R -> R) : Ew L (fun r => \sum_j f j r) = \sum_j Ew L (f j).
Proof. by rewrite /Ew exchange_big /=; apply: eq_bigr => s _; rewrite mulr_sumr. Qed.
Lemma Ew_ext L f f' : f =1 f' -> Ew L f = Ew L f'.
Proof. by move=> E; apply: eq_bigr => s _; rewrite E. Qed.

Lemma good_weighted L : good L -> weighted L.
Proof. by move=> G; apply/allP => s /G[]. Qed.

Lemma alloc_bounds tau k r j : 0 <= tau k -> 0 <= r -> 0 <= alloc tau k r j <= r.
Proof.
by move=> t0 r0; rewrite /alloc !le_minr !le_minl lexx (ltW (d0 k j)) t0 r0 /= orbT.
Qed.

Lemma good_next tau k L : 0 <= tau k -> good L -> good (next tau k L).
Proof.
move=> t0 G s /flattenP[l /mapP[u uL ->]]; have [u1 /andP[u2 u3]] := G _ uL.
rewrite inE => /orP[/eqP->|/mapP[j _ ->]] /=.
  by rewrite mulr_ge0 ?subr_ge0 ?g1 // u2 u3.
have /andP[a0 a1] := alloc_bounds j t0 u2.
by rewrite mulr_ge0 // subr_ge0 a1 ler_subl_addr (le_trans u3) // ler_addl.
Qed.

Lemma good_rem tau k : (forall i, (i < k)%N -> 0 <= tau i) -> good (rem tau k).
Proof.
elim: k => [|k IH] t0 /=.
  by move=> s; rewrite inE => /eqP->; rewrite /= ler01 lexx.
by apply: good_next; [apply: t0|apply: IH => i ik; apply: t0; apply: ltnW].
Qed.

Lemma rem_total tau k : Ew (rem tau k) (fun=> 1) = 1.
Proof.
elim: k => [|k IH] /=; first by rewrite /Ew big_seq1 mulr1.
rewrite Ew_next -[RHS]IH; apply: Ew_ext => r; rewrite mulr1.
have -> : \sum_j g k j * 1 = \sum_j g k j by apply: eq_bigr => j _; rewrite mulr1.
by rewrite subrK.
Qed.

Lemma rem_mean tau k : Ew (rem tau k) (fun r => r) = 1 - \sum_(i < k) allocation tau i.
Proof.
elim: k => [|k IH] /=; first by rewrite /Ew big_seq1 mulr1 big_ord0 subr0.
rewrite Ew_next big_ord_recr /= opprD addrA -IH /allocation -EwN -EwD; apply: Ew_ext => r.
rewrite [X in _ + X](eq_bigr (fun j => g k j * r - g k j * alloc tau k r j)) => [|j _]; last by ring.
by rewrite sumrB -mulr_suml mulrBl mul1r addrA subrK.
Qed.

Lemma rem_ext tau tau' k : (forall i, (i < k)%N -> tau i = tau' i) -> rem tau k = rem tau' k.
Proof.
elim: k => [//|k IH] E /=; rewrite IH => [|i ik]; last by apply: E; apply: ltnW.
by rewrite /next /alloc E.
Qed.

(* line 8: the threshold exists *)
Lemma threshold k L y : good L -> 0 <= y <= Ew L (fun r => r) * x k ->
  exists2 t, 0 <= t <= 1 & Ew L (fun r => \sum_j g k j * Num.min (d k j) (Num.min r t)) = y.
Proof.
move=> G /andP[y0 y1].
pose L' := flatten [seq [seq (s.1 * g k j, Num.min (d k j) s.2) | j <- enum J] | s <- L].
have FE t : F L' t = Ew L (fun r => \sum_j g k j * Num.min (d k j) (Num.min r t)).
  rewrite /F /L' /Ew; elim: (L) => [|s l IH] /=; first by rewrite !big_nil.
  rewrite big_cat /= IH big_cons big_map big_enum /=; congr (_ + _).
  by rewrite mulr_sumr; apply: eq_bigr => j _; rewrite minA mulrA.
have w := good_weighted G.
suff [t t01 E] : exists2 t, 0 <= t <= 1 & F L' t = y by exists t => //; rewrite -FE.
apply: calibrate; [exact: ler01|rewrite -/(F L' 0) -/(F L' 1) !FE; apply/andP; split].
  apply: le_trans y0; rewrite -[X in _ <= X](mul0r (Ew L (fun=> 1))) -EwZ; apply: Ew_le => // s _.
  rewrite mul0r -oppr_ge0 -sumrN; apply: sumr_ge0 => j _.
  by rewrite oppr_ge0 mulr_ge0_le0 // !le_minl lexx !orbT.
apply: le_trans y1 _; rewrite mulrC -EwZ; apply: Ew_le => // s /G[_ /andP[r0 r1]].
rewrite mulr_suml; apply: ler_sum => j _; rewrite -mulrA ler_wpmul2l //.
rewrite (min_idPl r1) /unit_demand le_minr !minr_pmull // !le_minl mul1r lexx orbT andbT.
by rewrite ler_pimulr // ltW.
Qed.

(* service of type III: the fill rate is largest for small demands *)
Lemma cross (a b M : R) : 0 < a -> a <= b -> 0 <= M -> M <= 1 ->
  Num.min b M * Num.min a 1 <= Num.min a M * Num.min b 1.
Proof.
move=> a0 ab M0 M1; have b0 := lt_le_trans a0 ab; have [Ma|aM] := leP M a.
  rewrite (min_idPr (le_trans Ma ab)) ler_wpmul2l // le_minr !le_minl ab lexx orbT.
  by [].
have a1 : a <= 1 by apply: le_trans (ltW aM) M1.
by rewrite (min_idPl a1) mulrC ler_wpmul2l ?(ltW a0) // le_minr !le_minl lexx M1 orbT.
Qed.

Lemma fill k L (t c0 : R) : good L -> 0 <= t ->
  Ew L (fun r => \sum_j g k j * Num.min (d k j) (Num.min r t)) = c0 * x k ->
  c0 * (\sum_j g k j * (unit_demand k j / d k j)) <=
  Ew L (fun r => \sum_j g k j * (Num.min (d k j) (Num.min r t) / d k j)).
Proof.
move=> G t0 E; have w := good_weighted G.
pose A j := Ew L (fun r => Num.min (d k j) (Num.min r t)).
have m0 j : 0 < unit_demand k j by rewrite /unit_demand lt_minr d0 ltr01.
have mn j : unit_demand k j != 0 by rewrite gt_eqF.
have dn j : d k j != 0 by rewrite gt_eqF.
have EA : \sum_j g k j * A j = c0 * x k.
  by rewrite -E Ew_sum; apply: eq_bigr => j _; rewrite EwZ.
have -> : Ew L (fun r => \sum_j g k j * (Num.min (d k j) (Num.min r t) / d k j)) = \sum_j g k j * (A j / d k j).
  rewrite Ew_sum; apply: eq_bigr => j _; rewrite EwZ; congr (_ * _).
  by rewrite /A mulrC -EwZ; apply: Ew_ext => r; rewrite mulrC.
have mono i j : d k i <= d k j -> A j / unit_demand k j <= A i / unit_demand k i.
  move=> ij; rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr // [X in X <= _]mulrC [X in _ <= X]mulrC -!EwZ.
  apply: Ew_le => // s /G[_ /andP[r0 r1]]; rewrite ![unit_demand _ _ * _]mulrC.
  apply: cross => //; first by rewrite le_minr r0.
  by rewrite le_minl r1.
have ch i j : 0 <= (A i / unit_demand k i - A j / unit_demand k j) * ((d k i)^-1 - (d k j)^-1).
  have [ij|/ltW ij] := leP (d k i) (d k j).
    by apply: mulr_ge0; rewrite subr_ge0; [exact: mono|rewrite lef_pinv ?posrE].
  by apply: mulr_le0; rewrite subr_le0; [exact: mono|rewrite lef_pinv ?posrE].
have := @chebyshev R J (fun j => g k j * unit_demand k j) _ _ (fun j => mulr_ge0 (g0 k j) (ltW (m0 j))) ch.
rewrite -/(x k).
have -> : \sum_i g k i * unit_demand k i * (A i / unit_demand k i) = c0 * x k.
  by rewrite -EA; apply: eq_bigr => i _; rewrite -mulrA [unit_demand _ _ * _]mulrC divfK.
have -> : \sum_i g k i * unit_demand k i * (A i / unit_demand k i * (d k i)^-1) = \sum_i g k i * (A i / d k i).
  by apply: eq_bigr => i _; rewrite -mulrA; congr (_ * _); rewrite mulrA [unit_demand _ _ * _]mulrC divfK.
have -> : \sum_i g k i * unit_demand k i * (d k i)^-1 = \sum_j g k j * (unit_demand k j / d k j).
  by apply: eq_bigr => i _; rewrite mulrA.
have x0 : 0 <= x k by apply: sumr_ge0 => j _; rewrite mulr_ge0 // ltW.
have [xz|xn] := eqVneq (x k) 0.
  move=> _; have gz j : g k j = 0.
    have /eqP := sum_eq0 (fun i => mulr_ge0 (g0 k i) (ltW (m0 i))) xz j.
    by rewrite mulf_eq0 (negbTE (mn j)) orbF => /eqP.
  by rewrite !big1 ?mulr0 // => j _; rewrite gz mul0r.
by rewrite mulrAC [X in X <= _]mulrC ler_pmul2l // lt_neqAle eq_sym xn.
Qed.

(* CRS-L2.2 in one order: for c that satisfies the rows of the single-unit program *)
Theorem CRS_L2_2 n : one_order n x c ->
  exists tau, forall k, (k < n)%N ->
    [/\ 0 <= tau k <= 1, allocation tau k = c k * x k
      & c k * (\sum_j g k j * (unit_demand k j / d k j)) <= fill_rate tau k].
Proof.
move=> oc; suff H m : (m <= n)%N -> exists tau, forall k, (k < m)%N ->
    0 <= tau k <= 1 /\ allocation tau k = c k * x k.
  have [tau T] := H n (leqnn _); exists tau => k kn; have [t01 E] := T k kn.
  split=> //; apply: fill => //; last by have /andP[] := t01.
  by apply: good_rem => i ik; have [/andP[]] := T i (ltn_trans ik kn).
elim: m => [|m IH] mn; first by exists (fun=> 0).
have [tau T] := IH (ltnW mn).
have G : good (rem tau m) by apply: good_rem => i im; have [/andP[]] := T i im.
have x0 : 0 <= x m by apply: sumr_ge0 => j _; rewrite mulr_ge0 // /unit_demand le_minr ler01 ltW.
have [c0 c1] := oc m mn.
have M : Ew (rem tau m) (fun r => r) = 1 - \sum_(j < m) x j * c j.
  by rewrite rem_mean; congr (_ - _); apply: eq_bigr => i _; have [_ ->] := T i (ltn_ord i); rewrite mulrC.
have [|t t01 E] := @threshold m (rem tau m) (c m * x m) G.
  by rewrite mulr_ge0 //= ler_wpmul2r // M.
pose tau' i := if i == m then t else tau i.
have same i : (i < m)%N -> tau' i = tau i by move=> im; rewrite /tau' ltn_eqF.
have R' k : (k <= m)%N -> rem tau' k = rem tau k.
  by move=> km; apply: rem_ext => i ik; apply: same; apply: leq_trans km.
exists tau' => k; rewrite ltnS leq_eqVlt => /orP[/eqP->|km].
  split; first by rewrite /tau' eqxx.
  rewrite /allocation R' //.
  by rewrite -E; apply: Ew_ext => r; apply: eq_bigr => j _; rewrite /alloc /tau' eqxx.
have [t' E'] := T k km; rewrite same //; split=> //; rewrite -E' /allocation R' 1?ltnW //.
by apply: Ew_ext => r; apply: eq_bigr => j _; rewrite /alloc same.
Qed.

End Rationing.
