(* printed.v -- two statements of the papers that are false as printed, refuted on small instances *)
From mathcomp Require Import all_ssreflect ssralg ssrnum rat.
Require Import multidraft schemes transport optimum elimination.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* [MD] (127) with S^c = Omega_2 \ S: two tokens, p = (1/2, 1/2), q = (0, 1), the first token
   eliminated, t_2 = 3/4: extendible, but not below p_2^2 + 0 *)
Section Row127.
Let p (_ : bool) : rat := 1 / 2%:R.
Let q (i : bool) : rat := if i then 1 else 0.
Let t (i : bool) : rat := if i then 3%:R / 4%:R else 0.
Let O2 : {set bool} := [set true].       (* false has been eliminated *)

Theorem MD_L4_row127_false :
  (exists u, [/\ forall i, i \in O2 -> u i = t i, forall i, u i <= q i,
      forall S : {set bool}, tot u S <= reach2 p S & 3%:R / 4%:R <= \sum_i u i]) /\
  ~ (forall S : {set bool}, S \subset O2 -> tot t S <= tot p S ^+ 2 + 2%:R * tot p S * tot p (O2 :\: S)).
Proof.
split.
  exists t; split=> [//|[]|S|]; rewrite ?big_bool //= /reach2 /tot.
  rewrite ![\sum_(i in _) _]big_mkcond !big_bool !inE.
  by case: (true \in S); case: (false \in S).
move/(_ [set true] (subxx _)); rewrite setDv /tot !big_set1 big_set0.
by [].
Qed.
End Row127.
