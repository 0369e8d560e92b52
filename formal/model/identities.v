(* identities.v -- the tactics ring and field, for identities over an ordered field, by those parts of Coq's library on which
   its own two rest.  Those of the package algebra-tactics do the same, but load Coq's primitive numbers, and coqchk lists these
   as axioms.

   ring:  sums and products of the same terms; x^-1 is a term like any other.
   field: the same with quotients; what divides must not be 0, which is left to be shown where done does not show it. *)
From Coq Require PArith BinNat Ring_theory Ring_polynom Field_theory.
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* ---- expressions with integer coefficients, and when two of them are equal ---- *)
Local Notation minus := (fun x y => x - y).
Local Notation quotient := (fun x y => x / y).
Local Notation polynomial := (Ring_polynom.PExpr int).
Local Notation fraction := (Field_theory.FExpr int).

Section Equal.
Variable R : numFieldType.
Implicit Types (l : seq R) (e f : fraction).

Definition polynomial_value l : polynomial -> R :=
  Ring_polynom.PEeval 0 1 +%R *%R minus -%R intr BinNat.N.to_nat (@GRing.exp R) l.
Definition fraction_value l : fraction -> R :=
  Field_theory.FEeval 0 1 +%R *%R minus -%R quotient GRing.inv intr BinNat.N.to_nat (@GRing.exp R) l.

(* a fraction as numerator, denominator, and what must not be 0; a polynomial in its normal form *)
Definition undivided (a _ : int) : int * int := (0, a).
Definition parts : fraction -> Field_theory.linear int := Field_theory.Fnorm 0 1 +%R *%R minus -%R eq_op.
Definition normal : polynomial -> Ring_polynom.Pol int := Ring_polynom.norm_subst 0 1 +%R *%R minus -%R eq_op undivided 0 nil.

Definition cross_equal e f : bool :=
  let cross a b := normal (Ring_polynom.PEmul (Field_theory.num (parts a)) (Field_theory.denum (parts b))) in
  Ring_polynom.Peq eq_op (cross e f) (cross f e).
Definition divided_by e f : seq polynomial :=
  Field_theory.Fapp (Field_theory.Fcons2 0 1 +%R *%R minus -%R eq_op undivided)
    (app (Field_theory.condition (parts e)) (Field_theory.condition (parts f))) nil.
Fixpoint none_0 l (ps : seq polynomial) : bool :=
  match ps with
  | [::] => true
  | [:: p] => polynomial_value l p != 0
  | p :: ps' => (polynomial_value l p != 0) && none_0 l ps'
  end.

Lemma powerE (x : R) n : x ^+ BinNat.N.to_nat n = Ring_theory.pow_N 1 *%R x n.
Proof.
case: n => //= p; elim: p => [p IH|p IH|] //=.
- by rewrite PArith.Pnat.Pos2Nat.inj_xI multE exprS mul2n -addnn exprD IH.
- by rewrite PArith.Pnat.Pos2Nat.inj_xO multE mul2n -addnn exprD IH.
Qed.

Lemma identity_of_fractions l e f ps : cross_equal e f -> divided_by e f = ps -> none_0 l ps ->
  fraction_value l e = fraction_value l f.
Proof.
have eqv := Ring_theory.Eqsth R.
have ext : Ring_theory.ring_eq_ext +%R *%R -%R (@eq R) by split=> [x _ <- y _ <-|x _ <- y _ <-|x _ <-].
have inv (x y : R) : x = y -> x^-1 = y^-1 by move=> ->.
have fld : Field_theory.almost_field_theory 0 1 +%R *%R minus -%R quotient GRing.inv (@eq R).
  split=> [|/eqP|//|x /eqP x0]; [|by rewrite oner_eq0|by rewrite mulVf].
  split=> //; [exact: add0r|exact: addrC|exact: addrA|exact: mul1r|exact: mul0r|exact: mulrC|exact: mulrA|exact: mulrDl| |exact: opprD].
  by move=> x y; rewrite mulNr.
have mor : Ring_theory.ring_morph 0 1 +%R *%R minus -%R (@eq R) 0 1 +%R *%R minus -%R eq_op (intr : int -> R).
  by split=> // [x y|x y|x y|x|x y /eqP->//]; rewrite ?rmorphD ?rmorphM ?rmorphN.
have pow : Ring_theory.power_theory 1 *%R (@eq R) BinNat.N.to_nat (@GRing.exp R) by split=> x n; apply: powerE.
have div : Ring_theory.div_theory (@eq R) +%R *%R (intr : int -> R) undivided by split=> a b; rewrite /= mulr0 add0r.
move=> cross E n0; apply: (Field_theory.Field_correct eqv ext inv fld mor pow div 0 l nil e f I erefl erefl erefl cross).
apply: (Field_theory.Pcond_simpl_complete eqv ext fld mor pow div) => [a b /eqP|_ ->]; first by rewrite eqr_int.
rewrite -/(divided_by e f) E; elim: ps n0 {E} => //= p [|q ps] IH; first by move/eqP.
by case/andP=> /eqP p0 /IH.
Qed.
End Equal.

(* ---- a side of the goal as such an expression, of the terms of a list ---- *)
Ltac literal n := lazymatch n with O => constr:(tt) | S ?m => literal m end.

(* the place of a term, counted from 1; fails if it is not there *)
Ltac position x l :=
  match l with
  | cons ?y _ => let _ := match constr:(tt) with _ => unify x y end in constr:(BinNums.xH)
  | cons _ ?l' => let p := position x l' in eval compute in (BinPos.Pos.succ p)
  end.

(* e + (e + ...), as a *+ n is defined *)
Ltac multiple e n :=
  lazymatch n with
  | O => constr:(@Field_theory.FEO int)
  | S O => e
  | S ?m => let f := multiple e m in constr:(Field_theory.FEadd e f)
  end.

(* l with the terms of t; divide tells whether x^-1 is looked into *)
Ltac terms divide t l :=
  match t with
  | @GRing.add _ ?a ?b => let l' := terms divide a l in terms divide b l'
  | @GRing.mul _ ?a ?b => let l' := terms divide a l in terms divide b l'
  | @GRing.opp _ ?a => terms divide a l
  | @GRing.inv _ ?a => lazymatch divide with true => terms divide a l end
  | @GRing.exp _ ?a ?n => let _ := literal n in terms divide a l
  | @GRing.natmul _ ?a ?n => let _ := literal n in terms divide a l
  | @GRing.zero _ => l
  | @GRing.one _ => l
  | _ => let _ := position t l in l
  | _ => constr:(cons t l)
  end.

Ltac expression divide t l :=
  match t with
  | @GRing.add _ ?a ?b => let e := expression divide a l in let f := expression divide b l in constr:(Field_theory.FEadd e f)
  | @GRing.mul _ ?a ?b => let e := expression divide a l in let f := expression divide b l in constr:(Field_theory.FEmul e f)
  | @GRing.opp _ ?a => let e := expression divide a l in constr:(Field_theory.FEopp e)
  | @GRing.inv _ ?a => lazymatch divide with true => let e := expression divide a l in constr:(Field_theory.FEinv e) end
  | @GRing.exp _ ?a ?n => let _ := literal n in
      let e := expression divide a l in let m := eval compute in (BinNat.N.of_nat n) in constr:(Field_theory.FEpow e m)
  | @GRing.natmul _ (@GRing.one _) ?n => let _ := literal n in constr:(Field_theory.FEc (Posz n))
  | @GRing.natmul _ ?a ?n => let _ := literal n in let e := expression divide a l in multiple e n
  | @GRing.zero _ => constr:(@Field_theory.FEO int)
  | @GRing.one _ => constr:(@Field_theory.FEI int)
  | _ => let p := position t l in constr:(Field_theory.FEX int p)
  end.

Ltac identity divide :=
  lazymatch goal with |- @eq ?T ?a ?b =>
    let l := terms divide a (@nil T) in let l := terms divide b l in
    let e := expression divide a l in let f := expression divide b l in
    let ps := eval vm_compute in (divided_by e f) in
    apply: (@identity_of_fractions [numFieldType of T] l e f ps); [by vm_compute | by vm_compute | cbv [none_0
      polynomial_value Ring_polynom.PEeval BinList.nth BinList.jump List.hd List.tl]; try done]
  end.

Tactic Notation "ring" := identity false.
Tactic Notation "field" := identity true.
