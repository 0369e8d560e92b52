(* gammastar.v -- that K-SEQ's gamma* exists: over every real closed field some gamma in [1, K] has
   1 - (1 - beta(gamma))^K = gamma beta(gamma).  With u = 1/gamma this is a root of a function of polynomial pieces. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum poly.
Require Import multidraft schemes transport optimum specinfer kseq.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Pieces.
Variable R : rcfType.
Implicit Types (f g : R -> R).
Inductive pieces : R -> R -> (R -> R) -> Prop :=
  | OnePiece a b f (P : {poly R}) : (forall u, a <= u <= b -> f u = P.[u]) -> pieces a b f
  | TwoPieces a c b f : a <= c -> c <= b -> pieces a c f -> pieces c b f -> pieces a b f.
Lemma pieces_sub a b f : pieces a b f -> forall a' b', a <= a' -> b' <= b -> a' <= b' -> pieces a' b' f.
Proof.
elim=> [{}a {}b {}f P fP|{}a c {}b {}f ac cb _ IH1 _ IH2] a' b' aa bb ab.
  by apply: (@OnePiece _ _ _ P) => u /andP[h k]; apply: fP; rewrite (le_trans aa h) (le_trans k bb).
have [h|h] := leP c a'; first exact: IH2.
have [k|k] := leP b' c; first exact: IH1.
apply: (@TwoPieces _ c); rewrite ?ltW //; [apply: IH1 | apply: IH2]; rewrite ?lexx ?(ltW h) ?(ltW k) //.
Qed.
Lemma pieces_op (op : R -> R -> R) (Op : {poly R} -> {poly R} -> {poly R}) : (forall P Q u, (Op P Q).[u] = op P.[u] Q.[u]) ->
  forall a b f g, a <= b -> pieces a b f -> pieces a b g -> pieces a b (fun u => op (f u) (g u)).
Proof.
move=> E a b f g ab pf; elim: pf g ab => [{}a {}b {}f P fP|{}a c {}b {}f ac cb _ IH1 _ IH2] g ab pg.
  elim: pg f fP ab => [{}a {}b {}g Q gQ|{}a c {}b {}g ac cb _ IH1 _ IH2] f fP ab.
    by apply: (@OnePiece _ _ _ (Op P Q)) => u h; rewrite E fP ?gQ.
  apply: (@TwoPieces _ c) => //; [apply: IH1 | apply: IH2] => // u /andP[h k]; apply: fP.
    by rewrite h (le_trans k).
  by rewrite k (le_trans ac).
apply: (@TwoPieces _ c) => //; [apply: IH1 | apply: IH2] => //; exact: (pieces_sub pg).
Qed.
Lemma pieces_poly a b (P : {poly R}) : pieces a b (fun u => P.[u]).
Proof. by apply: (@OnePiece _ _ _ P). Qed.
Lemma pieces_ext a b f g : f =1 g -> pieces a b f -> pieces a b g.
Proof.
move=> e pf; elim: pf g e => [{}a {}b {}f P fP|{}a c {}b {}f ac cb _ IH1 _ IH2] g e.
  by apply: (@OnePiece _ _ _ P) => u h; rewrite -e fP.
by apply: (@TwoPieces _ c) => //; [apply: IH1 | apply: IH2].
Qed.
Lemma pieces_root a b f : pieces a b f -> a <= b -> f a <= 0 -> 0 <= f b -> exists2 u, a <= u <= b & f u = 0.
Proof.
elim=> [{}a {}b {}f P fP|{}a c {}b {}f ac cb _ IH1 _ IH2] ab fa fb.
  have [|u h /eqP r] := @poly_ivt R P a b ab; first by rewrite -!fP ?lexx ?ab // fa.
  by exists u => //; rewrite fP.
have [c0|/ltW c0] := leP 0 (f c); first by have [u /andP[h k] r] := IH1 ac fa c0; exists u => //; rewrite h (le_trans k).
by have [u /andP[h k] r] := IH2 cb c0 fb; exists u => //; rewrite k (le_trans ac).
Qed.
Lemma pieces_min a b (p q : R) : a <= b -> 0 <= q -> pieces a b (fun u => Num.min p (u * q)).
Proof.
move=> ab; rewrite le_eqVlt => /orP[/eqP <-|q0].
  by apply: (pieces_ext _ (pieces_poly a b (Num.min p 0)%:P)) => u; rewrite hornerC mulr0.
have lo c : c <= p / q -> pieces a c (fun u => Num.min p (u * q)).
  move=> h; apply: (@OnePiece _ _ _ (q *: 'X)) => u /andP[_ uc]; rewrite hornerZ hornerX min_r ?[q * u]mulrC //.
  by rewrite -ler_pdivl_mulr // (le_trans uc).
have hi c : p / q <= c -> pieces c b (fun u => Num.min p (u * q)).
  move=> h; apply: (@OnePiece _ _ _ p%:P) => u /andP[cu _]; rewrite hornerC min_l //.
  by rewrite -ler_pdivr_mulr // (le_trans h).
have [h|h] := leP (p / q) a; first exact: hi.
have [k|k] := leP b (p / q); first exact: lo.
by apply: (@TwoPieces _ (p / q)); rewrite ?(ltW h) ?(ltW k) //; [apply: lo | apply: hi].
Qed.
End Pieces.

Section Exists.
Variables (R : rcfType) (Omega : finType) (p q : Omega -> R).
Hypotheses (p_ge0 : forall i, 0 <= p i) (p_total : \sum_i p i = 1) (q_law : law q).
Theorem gamma_star K : (0 < K)%N -> exists2 g, 1 <= g <= K%:R & 1 - (1 - kbeta p q g) ^+ K = g * kbeta p q g.
Proof.
move=> K0; have [q0 _] := q_law; pose a : R := K%:R^-1; have k0 : 0 < K%:R :> R by rewrite ltr0n.
have a0 : 0 < a by rewrite invr_gt0. have a1 : a <= 1 by rewrite invf_le1 // ler1n.
pose b u := \sum_i Num.min (p i) (u * q i); have bE g : kbeta p q g = b g^-1 by apply: eq_bigr => i _; rewrite mulrC.
pose h u := u * (1 - (1 - b u) ^+ K) - b u.
have add f g : pieces a 1 f -> pieces a 1 g -> pieces a 1 (fun u => f u + g u).
  by apply: (@pieces_op R +%R +%R) => // P Q u; rewrite hornerD.
have mul f g : pieces a 1 f -> pieces a 1 g -> pieces a 1 (fun u => f u * g u).
  by apply: (@pieces_op R *%R *%R) => // P Q u; rewrite hornerM.
have con c : pieces a 1 (fun=> c) by apply: (pieces_ext _ (pieces_poly a 1 c%:P)) => u; rewrite hornerC.
have sub c f : pieces a 1 f -> pieces a 1 (fun u => c - f u).
  move=> pf; apply: (pieces_ext _ (add _ _ (con c) (mul _ _ (con (-1)) pf))) => u; by rewrite mulN1r.
have pb : pieces a 1 b.
  rewrite /b; elim: (index_enum Omega) => [|i s IH].
    by apply: (pieces_ext _ (con 0)) => u; rewrite big_nil.
  by apply: (pieces_ext _ (add _ _ (pieces_min (p i) a1 (q0 i)) IH)) => u; rewrite big_cons.
have pow n : pieces a 1 (fun u => (1 - b u) ^+ n).
  elim: n => [|n IH]; first by apply: (pieces_ext _ (con 1)) => u; rewrite expr0.
  by apply: (pieces_ext _ (mul _ _ (sub 1 _ pb) IH)) => u; rewrite exprS.
have idp : pieces a 1 (fun u => u) by apply: (pieces_ext _ (pieces_poly a 1 'X)) => u; rewrite hornerX.
have ph : pieces a 1 h.
  apply: (pieces_ext _ (add _ _ (mul _ _ idp (sub 1 _ (pow K))) (mul _ _ (con (-1)) pb))) => u.
  by rewrite mulN1r.
have b01 u : 0 < u -> u <= 1 -> 0 <= b u <= 1.
  move=> u0 u1; have g1 : 1 <= u^-1 by rewrite invr_ge1 ?unitfE ?gt_eqF.
  by have := kbeta_ge0 p_ge0 q_law g1; have := kbeta_le1 q p_total u^-1; rewrite bE invrK => -> ->.
have pw u n : 0 <= b u <= 1 -> 0 <= (1 - b u) ^+ n <= 1.
  by move=> /andP[x0 x1]; rewrite exprn_ge0 ?exprn_ile1 ?subr_ge0 // ler_subl_addr ler_addl.
have [u /andP[ua u1] hu] : exists2 u, a <= u <= 1 & h u = 0.
  apply: (pieces_root ph a1).
    have ba := b01 a a0 a1; have /andP[b0 _] := ba.
    have e : 1 - (1 - b a) ^+ K = b a * (\sum_(j < K) (1 - b a) ^+ j).
      by have := geom p q a^-1 K; rewrite bE invrK => ->.
    rewrite /h e subr_le0 mulrCA -[X in _ <= X]mulr1 ler_wpmul2l // -(ler_pmul2l k0) mulrA divff ?gt_eqF // mul1r mulr1.
    rewrite -[K in X in _ <= X]card_ord -sumr_const; apply: ler_sum => j _.
    by case/andP: (pw a j ba).
  have bb := b01 1 ltr01 (lexx 1); have /andP[b0 b1] := bb.
  rewrite /h mul1r -addrA -opprD subr_ge0 -ler_subr_addr; case: (K) K0 => // n _; rewrite exprS.
  by rewrite ler_pimulr ?subr_ge0 //; case/andP: (pw 1 n bb).
have u0 : 0 < u := lt_le_trans a0 ua.
exists u^-1; first by rewrite invr_ge1 ?unitfE ?gt_eqF // u1 -[K%:R]invrK ler_pinv ?inE ?unitfE ?gt_eqF //= ?u0 ?a0.
rewrite bE invrK; apply: (mulfI (lt0r_neq0 u0)); rewrite mulrA divff ?gt_eqF // mul1r.
by move: hu; rewrite /h => /eqP; rewrite subr_eq0 => /eqP.
Qed.
End Exists.
