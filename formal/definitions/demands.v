(* demands.v -- knapsack schemes for random sizes, and rationing by them ([CRS] Theorem 1.1, type I).  Read
   contention.v first.  Nothing is proved here. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import contention.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Demands.
(* agent k has demand d k j with probability g k j and is then considered (Q_k <= q_k), and not else; its
   element has the size min(D_k, 1) *)
Variables (R : realFieldType) (J : finType) (g d : nat -> J -> R).
(* A history, latest first: which demand was considered, was it accepted.  p h j is the probability of
   accepting the next element if its demand is j. *)
Definition history := seq (option J * bool).
Definition policy := history -> J -> R.
Implicit Types (p : policy) (h : history) (f : history -> R).
Fixpoint used h : R :=
  if h is (o, b) :: h' then (if o is Some j then if b then unit_demand d (size h') j else 0 else 0) + used h' else 0.
Definition is_policy p :=
  (forall h j, 0 <= p h j <= 1) /\ forall h j, 1 < used h + unit_demand d (size h) j -> p h j = 0.
(* expectation of f over the history of the first k agents *)
Fixpoint Hx p k f : R :=
  if k is k'.+1 then Hx p k' (fun h =>
    \sum_j g k' j * (p h j * f ((Some j, true) :: h) + (1 - p h j) * f ((Some j, false) :: h))
    + (1 - \sum_j g k' j) * f ((None, false) :: h))
  else f [::].
Definition accepts_size p k j := Hx p k (fun h => p h j).      (* Pr(accepted | demand j), at position k *)
(* E[s(Y_k, D_k)] where Y_k = min(D_k, 1) if the element is accepted, and 0 else; s is the service *)
Definition served (s : R -> R -> R) p k := Hx p k.+1 (fun h =>
  if h is (Some j, b) :: _ then s (if b then unit_demand d k j else 0) (d k j) else 0).
End Demands.

(* ---- Definition 5 in one order, c 0 for c of i_1 and mu k for the mean size of the element at position k, and in the
   forward and the backward order, by position.  E is an exponential, as in contention.v; where c 0 = 0, 2 / 0 counts as 0 ---- *)
Section Definition5.
Variables (R : realFieldType) (E : R -> R) (n : nat).
Implicit Types mu c : nat -> R.
Definition feasible_order mu c := forall k, (k < n)%N ->
  let M := \sum_(j < k) c j * mu j in
  [/\ 0 <= c k, (k.+1 < n)%N -> c k.+1 <= c k, c k <= 1 - c 0%N - M           (* (4.1) *)
    & c k <= 1 - 2%:R * M - c 0%N * E (- (2%:R / c 0%N) * M)].                  (* (4.2) *)
Definition definition5 mu (c : bool -> nat -> R) := forall l, feasible_order (fun k => mu (fb n l k)) (c l).
(* (4.6), times c 0, for a load of the law L *)
Definition spread_out (c1 : R) (L : seq (R * R)) := forall b, 0 < b -> b <= 1 / 2%:R ->
  Ew L (fun T => (0 < T <= b)%R%:R) <= c1 * E (- (Ew L (fun T => (b < T <= 1 - b)%R%:R) / c1)).
(* (4.14), its integral from 0, and (4.18), its mean over the interval of the element *)
Definition phi_third z : R := 4%:R / 9%:R - 2%:R * z / 9%:R.
Definition Phi_third z : R := 4%:R * z / 9%:R - z ^+ 2 / 9%:R.
Definition third mu k := 4%:R / 9%:R - (2%:R * start mu k + mu k) / 9%:R.
End Definition5.

(* ---- Algorithm 3 in one order.  An element of size min(D_k, 1) is there where its demand is considered, and has the
   size infinity else; c k is the probability with which it is to be accepted ---- *)
Section Algorithm3.
Variables (R : realFieldType) (J : finType) (g d : nat -> J -> R) (n : nat) (c : nat -> R).
(* the law of the load, as probabilities and loads, after the element at position k: it was L, and demand j is accepted
   with probability B j T at the load T *)
Definition next_load k (B : J -> R -> R) (L : seq (R * R)) := flatten
  [seq (s.1 * (1 - \sum_j g k j), s.2) :: flatten
     [seq [:: (s.1 * (g k j * B j s.2), s.2 + unit_demand d k j); (s.1 * (g k j * (1 - B j s.2)), s.2)] | j <- enum J]
  | s <- L].
Fixpoint load_law k :=
  if k is k'.+1 then let L := load_law k' in next_load k' (fun j => bit L (c k') (unit_demand d k' j)) L else [:: (1, 0)].
Definition alg3 : policy R J := fun h j =>
  if (size h < n)%N then bit (load_law (size h)) (c (size h)) (unit_demand d (size h) j) (used d h) else 0.
(* Pr(accepted | size s) at position k, for any s *)
Definition accepts_any k s := Hx g alg3 k (fun h => bit (load_law k) (c k) s (used d h)).
End Algorithm3.
