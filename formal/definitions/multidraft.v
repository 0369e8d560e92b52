(* multidraft.v -- what a referee must read for the theorems on acceptance: alphabet, draft law, selection
   rule, acceptance, P*.  [MD] is "Multi-Draft Speculative Sampling: Canonical Decomposition and
   Theoretical Limits", [IS] "Importance Weighted Multi-Draft Speculative Sampling".
   Nothing is proved here.  R is any ordered field: rationals and reals are two of them. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* v is the maximum of obj over the points of feas: it is attained, and nothing is larger. *)
Definition is_max (X : Type) (R : realFieldType) (feas : X -> Prop) (obj : X -> R) (v : R) :=
  (exists2 x, feas x & obj x = v) /\ (forall x, feas x -> obj x <= v).

(* ---- functions and laws on the alphabet Omega, a finite type ---- *)
Section Alphabet.
Variables (R : realFieldType) (Omega : finType).
Implicit Types (S : {set Omega}) (f : Omega -> R) (h : {set Omega} -> R).

Definition tot f S := \sum_(i in S) f i.                        (* q(S) = sum_(s in S) q(s) *)
Definition law f := (forall i, 0 <= f i) /\ \sum_i f i = 1.     (* a probability law on Omega *)
Definition submodular h := forall A B, h (A :|: B) + h (A :&: B) <= h A + h B.
End Alphabet.

(* ---- drafts ---- *)
(* D is the finite type of what can be drafted (words X_1..X_K, or anything else), b t = Pr(X = t), and
   supp t is the set {X_1, .., X_K} of the drafted tokens: nothing else of a draft matters.  The target
   is q.  Theorems assume supp t nonempty, b >= 0, q >= 0, and that b and q have the same total
   (1 for laws; the letter "total" stands where the papers write 1). *)
Section Drafts.
Variables (R : realFieldType) (Omega D : finType).
Variables (supp : D -> {set Omega}) (b : D -> R) (q : Omega -> R).
Implicit Types (S : {set Omega}) (alpha P : D -> Omega -> R).

(* B(S) = Pr(all drafts lie in S); for iid drafts from p this is p(S)^K *)
Definition Bmass S := \sum_(t | supp t \subset S) b t.

(* q(S) + 1 - B(S), the bracket of [MD] Theorem 3, and its minimum over all S, the empty set included *)
Definition cut S := tot q S + (\sum_t b t - Bmass S).
Definition pstar : R := cut (Order.arg_min set0 xpredT cut).

(* A token-level selection rule ([MD] Problem 1): P t z = Pr(Z = z | X = t), and Z has the law q. *)
Definition tlsr P :=
  [/\ forall x z, 0 <= P x z, forall x, \sum_z P x z = 1 & forall z, \sum_x b x * P x z = q z].
(* Pr(Z in {X_1, .., X_K}); P*(acc) is its maximum over the selection rules *)
Definition accept P := \sum_x b x * \sum_(z in supp x) P x z.

(* Importance-weighted sampling ([MD] (2), [IS] Theorem 1): alpha t i = Pr(X = t, Y = i) is the joint law
   of the draft and of a drafted token Y; alpha t i = beta_t(i) b t in the papers' letters.  Y has the
   law p_I(i) = sum_t alpha t i, and single-draft speculative sampling accepts it with probability
   sum_i min(q_i, p_I(i)). *)
Definition selection alpha :=
  [/\ forall t i, 0 <= alpha t i, forall t i, i \notin supp t -> alpha t i = 0
    & forall t, \sum_i alpha t i = b t].
Definition is_value alpha := \sum_i Num.min (q i) (\sum_t alpha t i).

(* MD-T3 as the linear program of [MD] (121)-(122): x.1 = alpha, x.2 i = t_i, maximise sum_i t_i *)
Definition flow_feasible (x : (D -> Omega -> R) * (Omega -> R)) :=
  [/\ selection x.1, forall i, x.2 i <= q i & forall i, x.2 i <= \sum_t x.1 t i].

(* transports of b under capacities c, or onto q *)
Definition transport_le alpha (c : Omega -> R) :=
  [/\ forall t i, 0 <= alpha t i, forall t i, i \notin supp t -> alpha t i = 0,
      forall t, \sum_i alpha t i = b t & forall i, \sum_t alpha t i <= c i].
Definition transport_eq alpha := selection alpha /\ forall i, \sum_t alpha t i = q i.
End Drafts.

(* ---- laws of K+1 >= 1 drafts (K is one less than in the papers) ---- *)
Section Words.
Variables (R : realFieldType) (Omega : finType) (K : nat).
Implicit Types p : Omega -> R.

(* words x_0 .. x_K *)
Definition drafted (x : {ffun 'I_K.+1 -> Omega}) : {set Omega} := [set x k | k : 'I_K.+1].
Definition indep_law (p : 'I_K.+1 -> Omega -> R) (x : {ffun 'I_K.+1 -> Omega}) := \prod_k p k (x k).
Definition iid_law p := indep_law (fun _ => p).

(* without replacement: p(x_0) . p(x_1) / (1 - p(x_0)) ...; A are the tokens that are gone *)
Fixpoint wor p (A : {set Omega}) (s : seq Omega) : R :=
  if s is x :: s' then (if x \in A then 0 else p x / (1 - tot p A)) * wor p (x |: A) s' else 1.
Definition wor_law p (s : K.+1.-tuple Omega) := wor p set0 s.
Definition wor_supp (s : K.+1.-tuple Omega) : {set Omega} := [set x in (s : seq Omega)].

(* the tokens with q_i / p_i below theta: the prefixes of the sort by q_i / p_i *)
Definition below p q (theta : R) : {set Omega} := [set i | q i < theta * p i].
End Words.
