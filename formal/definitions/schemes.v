(* schemes.v -- the selection schemes of the papers and of their competitors, as the theorems speak of
   them.  Nothing is proved here.  Read multidraft.v first. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import multidraft.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition pos (R : realFieldType) (x : R) := Num.max x 0.       (* x^+ *)

(* ---- one round of rejection: p the draft law, r the target ---- *)
Section Round.
Variables (R : realFieldType) (Omega : finType) (p : Omega -> R).
Implicit Types r : Omega -> R.

Definition acc r x := Num.min 1 (r x / p x).                     (* accept x with min(1, r/p) *)
Definition excess r := \sum_i pos (r i - p i).                   (* 1 - sum min(r, p) *)
(* the residual (r - p)^+ normalised; r itself where nothing is ever rejected *)
Definition next r i := if excess r == 0 then r i else pos (r i - p i) / excess r.

(* ---- SpecInfer: rounds with replacement.  si_law: the law of the output, si_rej: Pr(K rejections),
   si_rule: the selection rule, given the drafts ---- *)
Fixpoint si_law K r z :=
  if K is K'.+1 then
    \sum_x p x * (acc r x * (z == x)%:R + (1 - acc r x) * si_law K' (next r) z)
  else r z.
Fixpoint si_rej K r :=
  if K is K'.+1 then \sum_x p x * ((1 - acc r x) * si_rej K' (next r)) else 1.
Fixpoint si_rule r (s : seq Omega) z :=
  if s is x :: s' then acc r x * (z == x)%:R + (1 - acc r x) * si_rule (next r) s' z else r z.

(* MD-R1: phi(l) = sum (q - l p)^+, the recursion l -> l + phi(l), the residual at l *)
Variable q : Omega -> R.
Definition phi l := \sum_i pos (q i - l * p i).
Definition step l := l + phi l.
Definition resid l i := pos (q i - l * p i) / phi l.
End Round.

(* the law of K+1 independent draws, as sequences *)
Section Sequences.
Variables (R : realFieldType) (Omega : finType) (K : nat) (p : Omega -> R).
Definition pseq (s : seq Omega) : R := foldr (fun x a => p x * a) 1 s.
Definition tsupp (s : K.+1.-tuple Omega) : {set Omega} := [set x in (s : seq Omega)].
Definition tlaw (s : K.+1.-tuple Omega) : R := pseq s.
End Sequences.

(* ---- the same without replacement; A: the tokens drawn and rejected so far.  When no token of
   positive probability is left there is no further draft, and the residual is output. ---- *)
Section Without.
Variables (R : realFieldType) (Omega : finType) (p : Omega -> R).
Implicit Types (A : {set Omega}) (r : Omega -> R).

Definition off A i := if i \in A then 0 else p i / (1 - tot p A).       (* p renormalised off A *)
Fixpoint wor_rej A K r : R :=
  if K is K'.+1 then
    if 1 - tot p A == 0 then 1 else
    \sum_x off A x * ((1 - acc (off A) r x) * wor_rej (x |: A) K' (next (off A) r))
  else 1.
Fixpoint wr_law A K r z : R :=
  if K is K'.+1 then
    if 1 - tot p A == 0 then r z else
    \sum_x off A x * (acc (off A) r x * (z == x)%:R
                      + (1 - acc (off A) r x) * wr_law (x |: A) K' (next (off A) r) z)
  else r z.
Fixpoint wr_rule A r (s : seq Omega) z : R :=
  if s is x :: s' then acc (off A) r x * (z == x)%:R
                       + (1 - acc (off A) r x) * wr_rule (x |: A) (next (off A) r) s' z
  else r z.
(* Pr(the next k draws lie in S, when the tokens of A are gone), and B_w(S) = Pr(all K+1 draws lie in S) *)
Definition Wd k A (S : {set Omega}) := \sum_(s : k.-tuple Omega | all (mem S) s) wor p A s.
Definition Bw K (S : {set Omega}) := Bmass (@wor_supp Omega K) (wor_law (K := K) p) S.
End Without.

(* MD-W4: the product law p2 and the target qhat that stand for two draws without replacement *)
Section TwoDraws.
Variables (R : realFieldType) (Omega : finType) (p q : Omega -> R).
Definition hh i := p i / (1 - p i).
Definition gg i := p i ^+ 2 / (1 - p i).
Definition HH := \sum_i hh i.
Definition p2 (k : 'I_2) i : R := if k == ord0 then p i else hh i / HH.
Definition qhat i := (q i + gg i) / HH.
End TwoDraws.

(* ---- MD-T1's scheme: importance weights alpha, then single-draft speculative sampling.  pt gives a
   token where the draft has probability 0, so that beta is a law. ---- *)
Section Importance.
Variables (R : realFieldType) (Omega D : finType) (b : D -> R) (q : Omega -> R).
Variables (pt : D -> Omega) (alpha : D -> Omega -> R).
Definition beta x i := if b x == 0 then (i == pt x)%:R else alpha x i / b x.   (* Pr(Y = i | x) *)
Definition pI i := \sum_t alpha t i.                                          (* law of Y *)
Definition residual z := if excess pI q == 0 then q z else pos (q z - pI z) / excess pI q.
Definition is_ss x z := \sum_i beta x i * (acc pI q i * (z == i)%:R + (1 - acc pI q i) * residual z).
End Importance.

(* ---- SpecTr's K-SEQ with parameter g = gamma, for K drafts from p ---- *)
Section KSeq.
Variables (R : realFieldType) (Omega : finType) (p q : Omega -> R).
Definition kacc g x := Num.min 1 (q x / (g * p x)).
Definition kbeta g := \sum_i Num.min (p i) (q i / g).
(* the law of the output when the last resort is drawn from res, and the rejection probability *)
Fixpoint ks_law g (res : Omega -> R) K z :=
  if K is K'.+1 then
    \sum_x p x * (kacc g x * (z == x)%:R + (1 - kacc g x) * ks_law g res K' z)
  else res z.
Fixpoint ks_rej g K :=
  if K is K'.+1 then \sum_x p x * ((1 - kacc g x) * ks_rej g K') else 1.
(* gamma >= gamma*, and the residual law; the scheme never reaches it when beta = 1 *)
Definition valid_gamma K g := 1 <= g /\ 1 - (1 - kbeta g) ^+ K <= g * kbeta g.
Definition ks_res K g z :=
  if kbeta g == 1 then q z
  else (q z - Num.min (p z) (q z / g) * ((1 - (1 - kbeta g) ^+ K) / kbeta g)) / (1 - kbeta g) ^+ K.
End KSeq.

(* ---- the list-matching bound (GLS) for K+1 drafts: sum over j of
   (K+1) / (sum_i max(p_i/p_j, q_i/q_j) + K/q_j), terms with p_j q_j = 0 counting 0 ---- *)
Section GLS.
Variables (R : realFieldType) (Omega : finType) (K : nat) (p q : Omega -> R).
Definition gls_den j := \sum_i Num.max (p i / p j) (q i / q j) + K%:R / q j.
Definition gls_term j := if p j * q j == 0 then 0 else K.+1%:R / gls_den j.
Definition gls := \sum_j gls_term j.
End GLS.

(* ---- greedy drafts: a fixed set T and one token x drawn off T ---- *)
Definition greedy_supp (Omega : finType) (T : {set Omega}) (x : Omega) : {set Omega} := x |: T.

(* ---- the truncated program of [MD] section 4: only the weights inside Omega_1 = O1 are free, a draft
   that meets O1 selects a token of O1, any other follows the fixed rule gamma.  loss is what MD-E12
   and MD-E202 subtract; same i = Pr(all drafts are i). ---- *)
Section Truncated.
Variables (R : realFieldType) (Omega D : finType) (supp : D -> {set Omega}) (b : D -> R).
Variables (q : Omega -> R) (O1 : {set Omega}) (gamma : D -> Omega -> R).
Definition truncated (alpha : D -> Omega -> R) :=
  [/\ selection supp b alpha,
      forall t i, supp t :&: O1 != set0 -> i \notin O1 -> alpha t i = 0
    & forall t i, supp t :&: O1 = set0 -> alpha t i = gamma t i].
Definition same i := \sum_(t | supp t == [set i]) b t.
Definition loss := \sum_(i | i \notin O1) pos (q i - same i).
End Truncated.

(* ---- the truncated alphabet O0 of [IS] B.2 ---- *)
Section Vocabulary.
Variables (R : realFieldType) (Omega : finType) (p : Omega -> R) (O0 : {set Omega}).
Definition eps (f : Omega -> R) := 1 - tot f O0.                    (* eps_p, eps_q *)
Definition pt i := if i \in O0 then p i / tot p O0 else 0.          (* p renormalised on O0 *)
End Vocabulary.

(* ---- what may be accepted of one drafted path, of length L over the alphabet Y; M z y and Q z y are the target's and
   the draft's probability of y after the prefix z ---- *)
Section Block.
Variables (R : realFieldType) (Y : finType) (M Q : seq Y -> Y -> R).
Implicit Types (z s a : seq Y) (y : Y).

(* N(s | a): the prefix a is continued by s *)
Fixpoint along (N : seq Y -> Y -> R) a s : R :=
  if s is y :: s' then N a y * along N (rcons a y) s' else 1.
(* R*(z) = min over 0 <= j <= |z| of Q(z_1..z_j) M(z | z_1..z_j) *)
Definition Rstar z :=
  \big[Num.min/along Q [::] z]_(j < size z) (along Q [::] (take j z) * along M (take j z) (drop j z)).

(* Rv z: probability that the drafted path begins with z and at least |z| of its tokens are accepted *)
Definition prefix_feasible L (Rv : seq Y -> R) :=
  [/\ Rv [::] <= 1, forall z, (size z <= L)%N -> 0 <= Rv z <= along Q [::] z
    & forall z y, (size z < L)%N -> Rv (rcons z y) <= Rv z * M z y].
Definition accepted L (Rv : seq Y -> R) := \sum_(l < L) \sum_(z : l.+1.-tuple Y) Rv z.

(* the law of the emitted text, when c z is the probability that all but the last token of z are
   accepted and the last is emitted in place of the draft; after that the target goes on *)
Definition out_law (Rv : seq Y -> R) (c : seq Y -> R) z :=
  Rv z + \sum_(j < size z) c (take j.+1 z) * along M (take j.+1 z) (drop j.+1 z).

(* rules on whole drafted paths: al D l = probability that D is drafted and at least l of its tokens are
   accepted; the last row is losslessness (lossless_iff) *)
Definition mass L (al : L.-tuple Y -> nat -> R) z := \sum_(D : L.-tuple Y | take (size z) D == z) al D (size z).
Definition path_feasible L (al : L.-tuple Y -> nat -> R) :=
  [/\ forall D : L.-tuple Y, al D 0%N = along Q [::] D,
      forall D l, (l <= L)%N -> 0 <= al D l,
      forall D l, (l < L)%N -> al D l.+1 <= al D l
    & forall z y, (size z < L)%N -> mass al (rcons z y) <= mass al z * M z y].
Definition path_accepted L (al : L.-tuple Y -> nat -> R) := \sum_(l < L) \sum_(D : L.-tuple Y) al D l.+1.

(* Block verification (Sun et al. 2024): the ratio p_j = min(1, p_(j-1) M/Q), the coins h_j, which for the whole path
   is p_L, and the number of tokens kept, which is the largest j whose coin came up; quotients by 0 count as 0. *)
Fixpoint ratio_after a r s : R :=
  if s is y :: s' then ratio_after (rcons a y) (Num.min 1 (r * M a y / Q a y)) s' else r.
Definition ratio z := ratio_after [::] 1 z.
Definition surplus z := \sum_y Num.max 0 (ratio z * M z y - Q z y).
Definition coin L z := if size z == L then ratio z else surplus z / (surplus z + 1 - ratio z).
(* the probability that D is drafted and at least l tokens are kept *)
Definition block_rule L (D : L.-tuple Y) l :=
  along Q [::] D * (if l is 0%N then 1 else 1 - \prod_(l <= j < L.+1) (1 - coin L (take j D))).
End Block.

(* ---- the same for several drafted paths: D is the finite type of tuples of K paths of length L, drawn
   with probability b d ---- *)
Section Multipath.
Variables (R : realFieldType) (Y D : finType) (K L : nat).
Variables (M : seq Y -> Y -> R) (b : D -> R) (paths : D -> 'I_K -> L.-tuple Y).
Implicit Types (z : seq Y) (y : Y) (A : D -> seq Y -> R) (t : D -> seq Y -> Y -> R).

(* z is a prefix of one of the drafted paths *)
Definition on d z := [exists k, take (size z) (paths d k) == z].
(* A d z: probability that d is drafted and the accepted text begins with z; stop: it is z *)
Definition acceptance A :=
  [/\ forall d, A d [::] = b d, forall d z, 0 <= A d z, forall d z, ~~ on d z -> A d z = 0
    & forall d z, \sum_y A d (rcons z y) <= A d z].
Definition stop A d z := A d z - \sum_y A d (rcons z y).
(* t d z y: probability that d is drafted, z accepted, and y emitted next; then the target goes on *)
Definition correction A t :=
  (forall d z y, 0 <= t d z y) /\ forall d z, \sum_y t d z y = stop A d z.
Definition emitted t w : R := if rev w is y :: r then \sum_d t d (rev r) y else 0.
Definition total A z := \sum_d A d z.
Definition lossless A t := forall z, out_law M (total A) (emitted t) z = along M [::] z.
(* the rows and the objective of the linear program; the expected number of accepted tokens *)
Definition rows A := forall z y, total A (rcons z y) <= M z y * total A z.
Definition objective A := \sum_(l < L) \sum_(z : l.+1.-tuple Y) total A z.
Definition mean_accepted A := \sum_d \sum_(l < L.+1) l%:R * \sum_(z : l.-tuple Y) stop A d z.
End Multipath.

(* ---- the elimination of [MD] appendix D (MD-L3, MD-L4).  z is the objective, t_i the accepted mass of
   token i. ---- *)
Section Elimination.
Variables (R : realFieldType) (Omega : finType) (q : Omega -> R) (N : {set Omega} -> R).
Implicit Types (A S V : {set Omega}) (t : Omega -> R) (z : R).
(* (123)-(125): after the alphas; N S = Pr(some draft lies in S) *)
Definition stage1 z t := [/\ forall i, t i <= q i, forall S, tot t S <= N S & z <= \sum_i t i].
(* (126)-(128): after the t_i of A as well.  S is a set of eliminated tokens, V of tokens that are left. *)
Definition stage2 A z t :=
  [/\ forall S V, S \subset A -> V \subset ~: A -> z <= tot q S + tot t V + N (~: (S :|: V)),
      forall S, S \subset ~: A -> tot t S <= N S
    & forall i, i \notin A -> t i <= q i].
Definition set_at t j x : Omega -> R := fun i => if i == j then x else t i.

(* Pr(some draft lies in S) for any draft law; for two iid drafts it is the right-hand side of (124) *)
Definition touch (D : finType) (supp : D -> {set Omega}) (b : D -> R) S :=
  \sum_(d | ~~ (supp d \subset ~: S)) b d.
Definition reach2 (p : Omega -> R) S := tot p S ^+ 2 + 2%:R * tot p S * tot p (~: S).
(* (121)-(122): the variables alpha_ij of two iid drafts; alpha_ij <= 1 comes with them *)
Definition pair_alpha (p : Omega -> R) (a : Omega -> Omega -> R) :=
  forall i j, i != j -> 0 <= a i j <= 1 /\ a i j + a j i = 2%:R * p i * p j.
End Elimination.
