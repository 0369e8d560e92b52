(* contention.v -- what a referee must read for the theorems on contention resolution ([CRS]:
   "Forward-backward Contention Resolution Schemes for Fair Rationing").  Nothing is proved here. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- one order: positions 0, 1, 2, ...; the element at position k is active with probability x k,
   independently.  A history is the list of the activity bits so far, latest first. ---- *)
Section Scheme.
Variable R : realFieldType.
Implicit Types (x c : nat -> R) (f : seq bool -> R).

(* expectation of f over the history of the first k elements *)
Fixpoint Ex x k f : R :=
  if k is k'.+1 then Ex x k' (fun h => x k' * f (true :: h) + (1 - x k') * f (false :: h))
  else f [::].

(* An online single-unit scheme: d h is the probability of accepting the next element if it is active,
   the history is h, and nothing has been accepted (if something has, it must reject). *)
Definition scheme := seq bool -> R.
Implicit Types d : scheme.
Definition is_scheme d := forall h, 0 <= d h <= 1.

(* probability, given the activity bits, that nothing has been accepted / that the last element is *)
Fixpoint free d (h : seq bool) : R := if h is b :: h' then free d h' * (1 - b%:R * d h') else 1.
Definition takes d (h : seq bool) : R := if h is b :: h' then free d h' * (b%:R * d h') else 0.

Definition pr_free x d k := Ex x k (free d).             (* Pr(nothing accepted before position k) *)
Definition pr_accept x d k := Ex x k.+1 (takes d).       (* Pr(the element at position k is accepted) *)
Definition pr_active x k := Ex x k.+1 (fun h => (head false h)%:R).
(* c_sigma(i) = Pr(accepted | active); if x k = 0, what it would be *)
Definition acc_given x d k := Ex x k (fun h => free d h * d h).

(* the rows of LP-SI for one order: 0 <= c_k <= 1 - sum_(j<k) x_j c_j *)
Definition one_order n x c :=
  forall k, (k < n)%N -> 0 <= c k /\ c k <= 1 - \sum_(j < k) x j * c j.
(* Algorithm 2: accept an active element at position k with probability c k / (1 - sum_(j<k) x j c j) *)
Definition alg2 n x c : scheme := fun h =>
  if (size h < n)%N then c (size h) / (1 - \sum_(j < size h) x j * c j) else 0.
End Scheme.

(* ---- several orders: order l is used with probability w l; its position k holds the element at l k,
   and pos l i is the position of element i.  The scheme knows the order, and may hold a private
   random seed s, drawn with probability mu s. ---- *)
Section Orders.
Variables (R : realFieldType) (n : nat) (x : nat -> R) (L : finType) (w : L -> R).
Variables (at_ pos : L -> nat -> nat).

(* LP-SI: z.1 = beta, z.2 = c *)
Definition crs_lp (z : R * (L -> nat -> R)) :=
  (forall l, one_order n (fun k => x (at_ l k)) (z.2 l)) /\
  forall i, (i < n)%N -> z.1 <= \sum_l w l * z.2 l (pos l i).
(* beta is guaranteed: Pr(i accepted | i active) >= beta for every element i *)
Definition guarantees (S : finType) (mu : S -> R) (d : S -> L -> scheme R) beta :=
  forall i, (i < n)%N ->
    beta <= \sum_l w l * \sum_s mu s * acc_given (fun k => x (at_ l k)) (d s l) (pos l i).
Definition guaranteed beta := exists (S : finType) (mu : S -> R) (d : S -> L -> scheme R),
  [/\ forall s, 0 <= mu s, \sum_s mu s = 1, forall s l, is_scheme (d s l) & guarantees mu d beta].
End Orders.

(* ---- the forward and the backward order, with probability 1/2 each: element i is at position i
   forward (true), n-1-i backward (false) ---- *)
Section FB.
Variables (R : realFieldType) (n : nat) (x : nat -> R).
Definition half (l : bool) : R := 1 / 2%:R.
Definition fb (l : bool) k : nat := if l then k else (n - k.+1)%N.
(* LP-SI for these two: maximise beta over (beta, c, e), c forward and e backward, by position *)
Definition fb_lp (z : R * (nat -> R) * (nat -> R)) :=
  let: (beta, c, e) := z in
  [/\ one_order n x c, one_order n (fun k => x (n - k.+1)%N) e
    & forall i, (i < n)%N -> beta <= (c i + e (n - i.+1)%N) / 2%:R].
Definition lp_value (z : R * (nat -> R) * (nat -> R)) : R := z.1.1.
Definition fb_guaranteed beta := guaranteed n x half fb fb beta.
End FB.

(* ---- the closed forms of section 3.  E is an exponential: theorems assume E(0) = 1,
   E(s+t) = E(s)E(t), E(t) >= 1 + t; over the reals e^x is the only one. ---- *)
Section Forms.
Variables (R : realFieldType) (E : R -> R) (rho : R).
Definition den := 1 + rho * E (rho / 2%:R).
Definition alpha0 := E (rho / 2%:R) / den.               (* e^(rho/2) / (1 + rho e^(rho/2)) *)
(* phi of (3.4), its antiderivative from 0, and its mean over [a, b], (3.7) *)
Definition phi z :=
  if z <= rho / 2%:R then (2%:R * E (rho / 2%:R) - E z) / den else E (rho - z) / den.
Definition Phi z :=
  if z <= rho / 2%:R then (2%:R * E (rho / 2%:R) * z - E z + 1) / den else 1 - E (rho - z) / den.
Definition mean a b := if a == b then phi a else (Phi b - Phi a) / (b - a).
(* the intervals of the elements follow one another; the point of CRS-L3.3 *)
Definition start (x : nat -> R) k := \sum_(j < k) x j.
Definition c_mean (x : nat -> R) k := mean (start x k) (start x k.+1).
Definition gamma z := rho * E (z - rho / 2%:R) / (2%:R * den).          (* CRS-P3.6 *)
End Forms.

(* ---- CRS-LB.1: x_k replaced by t x_k and (1-t) x_k (halving: t = 1/2), and the way back for c ---- *)
Section Split.
Variable R : realFieldType.
Implicit Types (x c : nat -> R).
Definition split_at k t x j :=
  if (j < k)%N then x j else if j == k then t * x k else if j == k.+1 then (1 - t) * x k else x j.-1.
Definition merge_at k t c j :=
  if (j < k)%N then c j else if j == k then t * c k + (1 - t) * c k.+1 else c j.+1.
End Split.

(* ---- weighted lists (probability, value), and Algorithm 1 for one order: agent k has demand d k j with
   probability g k j and is then considered (Q_k <= q_k); with the rest of the probability not ---- *)
Section Rationing.
Variables (R : realFieldType).
Definition Ew (L : seq (R * R)) (f : R -> R) := \sum_(s <- L) s.1 * f s.2.
Definition weighted (L : seq (R * R)) := all (fun s => 0 <= s.1) L.
Definition good (L : seq (R * R)) := forall s, s \in L -> 0 <= s.1 /\ 0 <= s.2 <= 1.
Variables (J : finType) (g d : nat -> J -> R).
Definition unit_demand k j := Num.min (d k j) 1.
Definition xload k := \sum_j g k j * unit_demand k j.                          (* x_k of (2.7) *)
Definition alloc (tau : nat -> R) k r j := Num.min (d k j) (Num.min r (tau k)).  (* line 8 *)
Definition next tau k L := flatten
  [seq (s.1 * (1 - \sum_j g k j), s.2) :: [seq (s.1 * g k j, s.2 - alloc tau k s.2 j) | j <- enum J]
  | s <- L].
(* the law of the remaining supply when agent k arrives, E[Y_k], E[Y_k / D_k] *)
Fixpoint rem tau k : seq (R * R) := if k is k'.+1 then next tau k' (rem tau k') else [:: (1, 1)].
Definition allocation tau k := Ew (rem tau k) (fun r => \sum_j g k j * alloc tau k r j).
Definition fill_rate tau k := Ew (rem tau k) (fun r => \sum_j g k j * (alloc tau k r j / d k j)).
End Rationing.

(* ---- knapsack: lines 8-13 of Algorithm 3 at size s, when the load has the law L and the wanted
   acceptance probability is c ---- *)
Section Knapsack.
Variables (R : realFieldType) (L : seq (R * R)) (c : R).
Definition fits (s T : R) := 0 < T <= 1 - s.
Definition pr_fits s := Ew L (fun T => (fits s T)%:R).       (* Pr(0 < T <= 1 - s) *)
Definition pr_empty := Ew L (fun T => (T == 0)%:R).          (* Pr(T = 0) *)
Definition bit s T : R :=
  if fits s T then Num.min 1 (c / pr_fits s)
  else if (T == 0) && (pr_fits s < c) then Num.min 1 ((c - pr_fits s) / pr_empty)
  else 0.
End Knapsack.
