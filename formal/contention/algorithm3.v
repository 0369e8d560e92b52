(* algorithm3.v -- CRS-T4.1: Algorithm 3 of [CRS] with a choice of Definition 5 accepts an element of any size with
   exactly the wanted probability, for sizes of finite laws.  The induction of its appendix C: (4.6) and (4.7). *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import identities multidraft contention demands optimum lpsi phi rationing knapsack whole stepwise load.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Algorithm3.
Variables (R : realFieldType) (J : finType) (g d : nat -> J -> R) (n : nat) (c : nat -> R).
Hypotheses (g0 : forall k j, 0 <= g k j) (g1 : forall k, \sum_j g k j <= 1) (d0 : forall k j, 0 <= d k j).
Hypothesis c0 : forall k, (k < n)%N -> 0 <= c k.
Notation size_ := (unit_demand d).
Notation law := (load_law g d c).
Notation p := (alg3 g d n c).
Notation B k := (fun j => bit (law k) (c k) (size_ k j)).

Lemma size_ge0 k j : 0 <= size_ k j. Proof. by rewrite /unit_demand le_minr d0 ler01. Qed.
Lemma size_le1 k j : size_ k j <= 1. Proof. by rewrite /unit_demand le_minl lexx orbT. Qed.

Lemma Ew_next k b L f : Ew (next_load g d k b L) f =
  Ew L (fun T => \sum_j g k j * (b j T * f (T + size_ k j) + (1 - b j T) * f T) + (1 - \sum_j g k j) * f T).
Proof.
rewrite /Ew; elim: L => [|s L IH] /=; first by rewrite !big_nil.
rewrite !big_cons big_cat /= IH addrA; congr (_ + _); rewrite [RHS]mulrDr [RHS]addrC mulrA; congr (_ + _).
rewrite -[in RHS]big_enum /=; elim: (enum J) => [|j l IHl] /=; first by rewrite !big_nil mulr0.
by rewrite !big_cons /= IHl [RHS]mulrDr addrA; congr (_ + _); ring.
Qed.
(* what an element changes *)
Lemma Ew_step k f : Ew (law k.+1) f = Ew (law k) f + \sum_j g k j * Ew (law k) (fun T => B k j T * (f (T + size_ k j) - f T)).
Proof.
have -> : \sum_j g k j * Ew (law k) (fun T => B k j T * (f (T + size_ k j) - f T))
        = Ew (law k) (fun T => \sum_j g k j * (B k j T * (f (T + size_ k j) - f T))).
  by rewrite Ew_sum; apply: eq_bigr => j _; rewrite EwZ.
rewrite /= Ew_next -EwD; apply: Ew_ext => T.
rewrite mulrBl mul1r mulr_suml [RHS]addrC [X in X + _](eq_bigr (fun j => g k j * (B k j T * (f (T + size_ k j) - f T)) + g k j * f T)) => [|j _]; last by ring.
by rewrite big_split /= -addrA; congr (_ + _); rewrite addrCA subrr addr0.
Qed.

(* ---- weights, loads, and that the policy keeps to its model ---- *)
Lemma law_lawful k : (k <= n)%N -> lawful (law k).
Proof.
elim: k => [_ s|k IH kn s]; first by rewrite inE => /eqP->; rewrite ler01 lexx.
have L := IH (ltnW kn); have ck := c0 kn; move=> /flattenP[l /mapP[t tL ->]]; have [t0 t01] := L t tL.
have room j : t.1 * (g k j * B k j t.2) != 0 -> 0 <= t.2 + size_ k j <= 1.
  rewrite !mulf_eq0 !negb_or => /andP[/t01/andP[T0 T1] /andP[_ b0]]; rewrite addr_ge0 ?size_ge0 //=.
  by rewrite leNgt; apply: contra b0 => Ts; apply/eqP/bit_room => //; exact: size_le1.
rewrite inE => /orP[/eqP->|/flattenP[l' /mapP[j _ ->]]] /=.
  by rewrite mulr_ge0 ?subr_ge0 ?g1 //; split=> //; rewrite mulf_eq0 negb_or => /andP[/t01].
have /andP[b0 b1] := bit01 (size_ k j) L ck t.2.
rewrite !inE => /orP[] /eqP-> /=; first by split; [rewrite !mulr_ge0|exact: room].
by rewrite !mulr_ge0 ?subr_ge0 //; split=> //; rewrite mulf_eq0 negb_or => /andP[/t01].
Qed.
Lemma alg3_policy : is_policy d p.
Proof.
split=> h j; rewrite /alg3; case: ltnP => hn; rewrite ?lexx ?ler01 //.
  by apply: bit01; [apply: law_lawful; exact: ltnW|exact: c0].
by rewrite addrC => room; rewrite addrC in room; apply: bit_room; [exact: size_le1|].
Qed.
Lemma law_total k : Ew (law k) (fun=> 1) = 1.
Proof.
elim: k => [|k IH]; first by rewrite /Ew big_seq1 mulr1.
by rewrite Ew_step IH big1 ?addr0 // => j _; rewrite /Ew big1 ?mulr0 // => t _; rewrite subrr !mulr0.
Qed.

(* ---- load_law is the law of the load when the algorithm runs ---- *)
Lemma Hx_size k f f' : (forall h, size h = k -> f h = f' h) -> Hx g p k f = Hx g p k f'.
Proof.
elim: k f f' => [|k IH] f f' e /=; first exact: e.
by apply: IH => h hk; rewrite e /= ?hk //; congr (_ + _); apply: eq_bigr => j _; rewrite !e //= hk.
Qed.
Lemma load_lawP k f : (k <= n)%N -> Hx g p k (fun h => f (used d h)) = Ew (law k) f.
Proof.
elim: k f => [|k IH] f kn /=; first by rewrite /Ew big_seq1 mul1r.
rewrite Ew_next -IH ?(ltnW kn) //; apply: Hx_size => h hk; rewrite /= add0r.
congr (_ + _); apply: eq_bigr => j _; congr (_ * _).
by rewrite /alg3 hk kn [size_ k j + _]addrC.
Qed.

(* ---- the induction ---- *)
Variable E : R -> R.
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t).
Hypothesis feasible : feasible_order E n (xload g d) c.
Let E_ge0 t : 0 <= E t := ltW (E_gt0 E0 ED t).
Notation c1 := (c 0%N).
Notation M k := (\sum_(j < k) c j * xload g d j).
Notation U k b := (Ew (law k) (low b)).                 (* Pr(0 < T <= b) *)
Notation V k b := (Ew (law k) (middle b)).              (* Pr(b < T <= 1 - b) *)

Lemma below_first k : (k < n)%N -> c k <= c1.
Proof. by elim: k => [//|k IH] kn; have [_ /(_ kn) le _ _] := feasible (ltnW kn); apply: le_trans le (IH (ltnW kn)). Qed.

Notation spread_out k := (spread_out E c1 (law k)).

Lemma first_spread : 0 <= c1 -> spread_out 0.
Proof. by move=> p1 b b0 _; rewrite /Ew !big_seq1 ltxx /= mulr0 mulr_ge0 ?E_ge0. Qed.
Lemma CRS_LC_1 : (0 < n)%N -> spread_out 0 /\ c1 <= pr_empty (law 0).
Proof.
move=> n0; have [p1 _ f1 _] := feasible n0; split; first exact: first_spread.
by rewrite /pr_empty /Ew big_seq1 eqxx mulr1 (le_trans f1) // big_ord0 subr0 ger_addl oppr_le0.
Qed.

(* the step of (4.6) *)
Lemma CRS_LC_2 k : 0 < c1 -> (k < n)%N -> spread_out k -> spread_out k.+1.
Proof.
move=> p1 kn IH b b0 b2; set W := E (- (V k b / c1)).
have L := law_lawful (ltnW kn); have w := lawful_weighted L.
have b2' : b <= 1 - b.
  by rewrite ler_subr_addr (le_trans (ler_add b2 b2)) // -subr_ge0 [X in _ <= X](_ : _ = 0) //; field.
have V0 : 0 <= V k b by rewrite /Ew big_seq sumr_ge0 // => t /(allP w) t0; rewrite mulr_ge0 ?ler0n.
have W1 : W <= 1 by rewrite -E0; apply: (E_mono E0 ED E1); rewrite oppr_le0 divr_ge0 // ltW.
have lo : U k b <= c1 * W := IH b b0 b2.
have n1 : c1 != 0 by rewrite gt_eqF.
have mi : c1 - V k b <= c1 * W.
  have -> : c1 - V k b = c1 * (1 + - (V k b / c1)) by field.
  by rewrite ler_wpmul2l ?(ltW p1) ?E1.
have one j : Ew (law k) (fun T => B k j T * (psi b W (T + size_ k j) - psi b W T)) <= c1 * W - U k b.
  by apply: step_size; rewrite ?size_ge0 ?E_ge0 ?c0 ?below_first.
have psiL k' : Ew (law k') (psi b W) = U k' b + W * V k' b.
  by rewrite -EwZ -EwD; apply: Ew_ext => T; rewrite psiE.
have sum : U k.+1 b + W * V k.+1 b <= c1 * W + W * V k b.
  rewrite -psiL Ew_step psiL -addrA [W * _ + _]addrC addrA ler_add2r -ler_subr_addl.
  apply: (@le_trans _ _ (\sum_j g k j * (c1 * W - U k b))); first by apply: ler_sum => j _; apply: ler_wpmul2l.
  by rewrite -mulr_suml ler_pimull ?subr_ge0.
apply: le_trans (ler_wpmul2l (ltW p1) (E_tangent E0 ED E1 (- (V k b / c1)) _)); rewrite -/W.
have -> : c1 * (W * (1 + (- (V k.+1 b / c1) - - (V k b / c1)))) = c1 * W + W * V k b - W * V k.+1 b by field.
by rewrite ler_subr_addr.
Qed.

(* (4.7) from (4.6): CRS-LC.3 *)
Lemma CRS_LC_3 k : 0 < c1 -> (k < n)%N -> spread_out k -> Ew (law k) id = M k -> c k <= pr_empty (law k).
Proof.
move=> p1 kn out mean; have [ck _ f1 f2] := feasible kn; have L := law_lawful (ltnW kn).
have w := lawful_weighted L; have n1 : c1 != 0 by rewrite gt_eqF.
pose z := Ew (law k) (fun T => (0 < T)%R%:R).
have ze : z = 1 - pr_empty (law k).
  rewrite -(law_total k) -EwN -EwD; apply: lawful_eq => // T /andP[T0 _].
  by case: ltP (T0) => [T1|T1] T0'; [rewrite gt_eqF // subr0|rewrite eq_le T1 T0' subrr].
set x := 1 - c k; rewrite -[pr_empty _](subKr 1) -ze -[c k](subKr 1) ler_add2l ler_opp2 -/x leNgt; apply/negP => xz.
set m := M k in mean f1 f2; set v := E (- (2%:R / c1) * m) in f2.
have x1 : c1 + m <= x by rewrite /x ler_subr_addr addrC -ler_subr_addr opprD addrA.
have x2 : 2%:R * m + c1 * v <= x by rewrite /x ler_subr_addr addrC -ler_subr_addr opprD addrA.
have sub (a b : R) : a <= b -> 0 <= b - a by rewrite subr_ge0.
have key (b : R) : 0 < b < 1 / 2%:R -> 2%:R * m + (z - x) <= Ew (law k) (fun T => excess T b).
  case/andP=> b0 b2; set u := U k b; set q := V k b.
  have b2' : b <= 1 - b.
    by rewrite ler_subr_addr (le_trans (ler_add (ltW b2) (ltW b2))) // -subr_ge0 [X in _ <= X](_ : _ = 0) //; field.
  have -> : Ew (law k) (fun T => excess T b) = 2%:R * z - 2%:R * u - q.
    rewrite /z /u /q -!EwZ -!EwN -!EwD; apply: lawful_eq => // T /andP[T0 T1].
    rewrite /excess /low /middle; have [Tz|Tp] /= := ltP 0 T; last first.
      by rewrite !ltNge (le_trans Tp) ?(ltW b0) //= (le_trans Tp) ?(le_trans (ltW b0)) //= !mulr0 !subr0 addr0.
    have [Tb|bT] /= := leP T b; first by rewrite ltNge (le_trans Tb) //=; ring.
    by have [T1b|T1b] /= := leP T (1 - b); ring.
  have q0 : 0 <= q by rewrite /q /Ew big_seq sumr_ge0 // => t /(allP w) t0; rewrite mulr_ge0 ?ler0n.
  have uq : u + q <= z.
    rewrite /u /q /z -EwD; apply: lawful_le => // T /andP[T0 T1]; rewrite /low /middle.
    have [Tz|Tp] /= := ltP 0 T; last by rewrite add0r ltNge (le_trans Tp) ?(ltW b0).
    by have [Tb|bT] := leP T b; rewrite /= ?addr0 ?add0r ?lexx ?lern1 ?leq_b1.
  set W := E (- (q / c1)); have uW : u <= c1 * W := out b b0 (ltW b2).
  have [mq|qm] := leP (2%:R * m) q.
    have Wv : W <= v.
      by apply: (E_mono E0 ED E1); rewrite mulNr ler_opp2 mulrAC ler_wpmul2r ?invr_ge0 ?(ltW p1).
    have cWv : c1 * W <= c1 * v by rewrite ler_wpmul2l ?(ltW p1).
    rewrite -subr_ge0 [X in _ <= X](_ : _ = (z - (u + q)) + (c1 * W - u) + (c1 * v - c1 * W) + (x - (2%:R * m + c1 * v))); last by ring.
    exact: addr_ge0 (addr_ge0 (addr_ge0 (sub _ _ uq) (sub _ _ uW)) (sub _ _ cWv)) (sub _ _ x2).
  have m0 : 0 < 2%:R * m := le_lt_trans q0 qm.
  have t0 := E_tangent E0 ED E1 (- (q / c1)) 0; rewrite E0 -/W in t0.
  have t1 : W * (1 + (- (2%:R / c1) * m - - (q / c1))) <= v := E_tangent E0 ED E1 _ _.
  have chord : q * (1 - v) <= 2%:R * m * (1 - W).
    rewrite -subr_ge0 [X in _ <= X](_ : _ = (2%:R * m - q) * (1 - W * (1 + (0 - - (q / c1)))) + q * (v - W * (1 + (- (2%:R / c1) * m - - (q / c1))))).
      exact: addr_ge0 (mulr_ge0 (sub _ _ (ltW qm)) (sub _ _ t0)) (mulr_ge0 q0 (sub _ _ t1)).
    by field.
  have xW : (2%:R * m) * (2%:R * c1 * W + q + 2%:R * m) <= (2%:R * m) * (2%:R * x).
    rewrite -subr_ge0 [X in _ <= X](_ : _ = 2%:R * ((2%:R * m - q) * (x - (c1 + m)) + q * (x - (2%:R * m + c1 * v)) + c1 * (2%:R * m * (1 - W) - q * (1 - v)))).
      apply: mulr_ge0 (ler0n _ _) (addr_ge0 (addr_ge0 (mulr_ge0 (sub _ _ (ltW qm)) (sub _ _ x1)) (mulr_ge0 q0 (sub _ _ x2))) _).
      exact: mulr_ge0 (ltW p1) (sub _ _ chord).
    by ring.
  rewrite ler_pmul2l // in xW.
  rewrite -subr_ge0 [X in _ <= X](_ : _ = (z - x) + 2%:R * (c1 * W - u) + (2%:R * x - (2%:R * c1 * W + q + 2%:R * m))); last by ring.
  exact: addr_ge0 (addr_ge0 (sub _ _ (ltW xz)) (mulr_ge0 (ler0n _ _) (sub _ _ uW))) (sub _ _ xW).
have := mean_by_parts L key; rewrite mean ler_pdivr_mulr ?ltr0n // mulrC ger_addl subr_le0.
by rewrite leNgt xz.
Qed.

Lemma empty_enough_from k : (k < n)%N -> Ew (law k) id = M k -> (0 < c1 -> spread_out k) -> c k <= pr_empty (law k).
Proof.
move=> kn mean out; have [p1|c1_le] := ltP 0 c1; first exact: CRS_LC_3 (out p1) mean.
by apply: le_trans (pr_empty_ge0 (law_lawful (ltnW kn))); apply: le_trans (below_first kn) c1_le.
Qed.

Lemma induction k : (k <= n)%N -> Ew (law k) id = M k /\ (0 < c1 -> spread_out k).
Proof.
elim: k => [_|k IH kn].
  by rewrite big_ord0 /Ew big_seq1 mulr0; split=> // p1; apply: first_spread; exact: ltW.
have [mean out] := IH (ltnW kn); split=> [|p1]; last exact: CRS_LC_2 (out p1).
rewrite Ew_step big_ord_recr /= -mean; congr (_ + _); rewrite /xload mulr_sumr; apply: eq_bigr => j _.
have A := CRS_L4_2 (lawful_weighted (law_lawful (ltnW kn))) (c0 kn) (size_ k j) (empty_enough_from kn mean out).
rewrite mulrCA; congr (_ * _); rewrite [RHS]mulrC -[in RHS]A -EwZ; apply: Ew_ext => T.
by rewrite /= mulrC [T + _]addrC addrK.
Qed.
Lemma empty_enough k : (k < n)%N -> c k <= pr_empty (law k).
Proof. by move=> kn; have [mean out] := induction (ltnW kn); exact: empty_enough_from. Qed.

Theorem accepts k s : (k < n)%N -> accepts_any g d n c k s = c k.
Proof.
move=> kn; rewrite /accepts_any load_lawP ?(ltnW kn) //.
by apply: CRS_L4_2; [exact/lawful_weighted/law_lawful/ltnW|exact: c0|exact: empty_enough].
Qed.
End Algorithm3.

(* (4.7), and the theorem: of any size s, be it one that the element has or not *)
Section Theorem41.
Variables (R : realFieldType) (E : R -> R) (J : finType) (g d : nat -> J -> R) (n : nat).
Hypotheses (E0 : E 0 = 1) (ED : forall s t, E (s + t) = E s * E t) (E1 : forall t : R, 1 + t <= E t).
Hypotheses (g0 : forall k j, 0 <= g k j) (g1 : forall k, \sum_j g k j <= 1) (d0 : forall k j, 0 <= d k j).

Lemma feasible_ge0 c : feasible_order E n (xload g d) c -> forall k, (k < n)%N -> 0 <= c k.
Proof. by move=> fc k /fc[]. Qed.

Theorem CRS_T4_1_order c k : feasible_order E n (xload g d) c -> (k < n)%N ->
  (forall s, accepts_any g d n c k s = c k) /\ forall j, accepts_size g (alg3 g d n c) k j = c k.
Proof.
move=> fc kn; have A := accepts g0 g1 d0 (feasible_ge0 fc) E0 ED E1 fc; split=> [s|j]; first exact: A.
by rewrite -(A k (unit_demand d k j) kn); apply: Hx_size => h hk; rewrite /alg3 hk kn.
Qed.
End Theorem41.
