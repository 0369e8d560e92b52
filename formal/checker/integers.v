(* integers.v -- theorems and proofs as texts of integers, in pieces, for the files that Coq reads (formal/coqfile
   writes them).  Lists begin with their length; symbols, facts and goals are numbered from 1.
     num = NUMERATOR DENOMINATOR      poly = terms, each num and a list of symbols      fact = REL poly
     REL = 0 (>=), 1 (>), 2 (=)       ref = fact number, or -symbol for its sign *)
From Coq Require Import ZArith FMapPositive.
From Coq.Init Require Import Byte.
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import polynomial meaning kernel sound.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Inductive piece := Piece of list byte.
Definition raw (x : piece) : list byte := let: Piece l := x in l.
Declare Scope piece_scope.
Delimit Scope piece_scope with piece.
String Notation piece Piece raw : piece_scope.

Definition digit (c : byte) : option Z :=
  match c with
  | x30 => Some 0%Z | x31 => Some 1%Z | x32 => Some 2%Z | x33 => Some 3%Z | x34 => Some 4%Z
  | x35 => Some 5%Z | x36 => Some 6%Z | x37 => Some 7%Z | x38 => Some 8%Z | x39 => Some 9%Z
  | _ => None
  end.
(* st: None between numbers; Some (negative, value so far) inside one, no value after a bare minus *)
Fixpoint ints (st : option (bool * option Z)) (s : list byte) (acc : list Z) : option (list Z) :=
  let close := match st with
               | None => Some acc
               | Some (neg, Some v) => Some ((if neg then Z.opp v else v) :: acc)
               | Some (_, None) => None end in
  match s with
  | nil => if close is Some l then Some (rev l) else None
  | c :: s' =>
      match c with
      | x20 | x0a => if close is Some l then ints None s' l else None
      | x2d => if st is None then ints (Some (true, None)) s' acc else None
      | _ => match digit c, st with
             | None, _ => None
             | Some d, None => ints (Some (false, Some d)) s' acc
             | Some d, Some (neg, Some v) => ints (Some (neg, Some (Z.add (Z.mul 10 v) d))) s' acc
             | Some d, Some (neg, None) => ints (Some (neg, Some d)) s' acc
             end
      end
  end.

(* ---- parsers ---- *)
Definition parser (A : Type) := list Z -> option (A * list Z).
Definition bind A B (f : parser A) (g : A -> parser B) : parser B :=
  fun l => match f l with Some (a, l') => g a l' | None => None end.
Definition ret A (a : A) : parser A := fun l => Some (a, l).
Definition none A : parser A := fun _ => None.
Notation "'do' x <- f ; g" := (bind f (fun x => g)) (at level 200, x pattern, f at level 100, g at level 200).
Definition pint : parser Z := fun l => match l with z :: l' => Some (z, l') | nil => None end.
Definition ppos : parser positive := fun l => match l with Zpos p :: l' => Some (p, l') | _ => None end.
(* n times f.  The fuel is the rest of the text: a count larger than that cannot be met, and costs nothing. *)
Fixpoint rep A (f : parser A) (fuel : list Z) (n : Z) (acc : list A) : parser (list A) := fun l =>
  match n, fuel with
  | Z0, _ => Some (rev acc, l)
  | _, nil => None
  | _, _ :: fuel' => match f l with
                     | Some (a, l') => rep f fuel' (Z.pred n) (a :: acc) l'
                     | None => None end
  end.
Definition plist A (f : parser A) : parser (list A) := fun l =>
  match l with n :: l' => rep f l n nil l' | nil => None end.
Definition pnum : parser num := do a <- pint; do b <- ppos; ret (a, b).
Definition ppoly : parser poly := plist (do c <- pnum; do m <- plist ppos; ret (m, c)).
Definition prel : parser rel := do z <- pint; match z with 0%Z => ret Ge | 1%Z => ret Gt | 2%Z => ret Eq | _ => @none _ end.
Definition pfact : parser fact := do r <- prel; do p <- ppoly; ret (r, p).
Definition pbool : parser bool := do z <- pint; match z with 0%Z => ret false | 1%Z => ret true | _ => @none _ end.
Definition pref : parser ref := do z <- pint; match z with Zpos p => ret (Known p) | Zneg p => ret (Sign p) | _ => @none _ end.
Definition pvalues : parser values := plist (do s <- ppos; do p <- ppoly; ret (s, p)).
Definition poption A (f : parser A) : parser (option A) := do b <- pbool; if b then do a <- f; ret (Some a) else ret None.

Definition pprocess : parser process :=
  do m <- plist pbool; do f <- plist pfact; do s <- pvalues; do u <- pvalues; ret (Process m f s u).
Definition ptheorem : parser theorem :=
  do k <- pbool; do s <- plist (do u <- pbool; do n <- pbool; ret (u, n)); do f <- plist pfact; do r <- plist pfact;
  do g <- plist (plist ppos); do p <- poption pprocess; ret (Statement k s f r g p).

Definition psums := do p <- plist (do c <- pnum; do r <- plist pref; ret (c, r));
  do e <- plist (do m <- ppoly; do f <- ppos; do n <- poption ppos; ret (m, (f, n))); ret (p, e).
Definition pidentity : parser identity :=
  do c <- pnum; do b <- plist pref; do s <- psums; do v <- poption psums; ret (Identity c b s.1 s.2 v).
Fixpoint psteps (fuel : list Z) : parser steps :=
  match fuel with
  | nil => @none _
  | _ :: fuel' =>
      let next := psteps fuel' in
      do tag <- pint;
      match tag with
      | 0%Z => ret Done
      | 1%Z => do k <- ppos; do c <- pidentity; do s <- next; ret (Combine (Old k) c s)
      | 2%Z => do g <- pfact; do c <- pidentity; do s <- next; ret (Combine (New g) c s)
      | 3%Z => do a <- ppoly; do s <- next; ret (Term a s)
      | 4%Z => do a <- ppoly; do b <- ppoly; do j <- plist (do r <- pref; do q <- pref; ret (r, q)); do s <- next; ret (Minimum a b j s)
      | 5%Z => do a <- ppoly; do d <- pref; do s <- next; ret (Quotient a d s)
      | 6%Z => do r <- pref; do s <- next; ret (Root r s)
      | 7%Z => do x <- plist ppos; do a <- next; do s <- next; ret (Sort x a s)
      | 8%Z => do p <- ppoly; do a <- next; do b <- next; do s <- next; ret (Split p a b s)
      | 9%Z => do a <- next; do t <- pbool; do b <- (if t then next else ret Done); do s <- next; ret (Dualise a t b s)
      | 10%Z => do v <- pvalues; do o <- pnum; do a <- next; do s <- next; ret (Witness v o a s)
      | 11%Z => do f <- plist pfact; do a <- next; do b <- next; do s <- next; ret (Invariant f a b s)
      | _ => @none _
      end
  end.
Definition steps_here : parser steps := fun l => psteps l l.
Definition pproof : parser proof :=
  do z <- pint;
  match z with
  | 0%Z => do a <- steps_here; do b <- steps_here; ret (Proved a b)
  | 1%Z => do x <- plist (do s <- ppos; do c <- pnum; ret (s, c)); do k <- ppos; ret (Refuted x (Some k) Done)
  | 2%Z => do x <- plist (do s <- ppos; do c <- pnum; ret (s, c)); do s <- steps_here; ret (Refuted x None s)
  | _ => @none _
  end.
Definition phints : parser (list hint) :=
  plist (do i <- plist ppos; do f <- plist ppos; do g <- plist ppos; ret (i, (f, g))).

Definition whole A (f : parser A) (s : list piece) : option A :=
  if ints None (flatten (map raw s)) nil is Some l then if f l is Some (a, nil) then Some a else None else None.
(* 0 > 0, from nothing, if the text is none of a theorem *)
Definition falsehood : theorem := Statement false nil nil [:: (Gt, nil)] nil None.
Definition read_theorem (s : list piece) : theorem := if whole ptheorem s is Some t then t else falsehood.
Definition accepts (roots proves : bool) (s p : list piece) : bool :=
  match whole (do h <- phints; do q <- pproof; ret (h, q)) p with
  | Some (h, q) => (if q is Proved _ _ then proves else ~~ proves) && check roots (read_theorem s) h q
  | None => false
  end.

Theorem accepted (s p : list piece) : accepts false true s p -> forall R : realFieldType, meaning R (read_theorem s).
Proof.
rewrite /accepts; case: (whole _ _) => [[h [a b|x k q]]|] //= c R.
exact: (@check_sound_ordered R _ h (Proved a b) c).
Qed.
Theorem accepted_roots (s p : list piece) : accepts true true s p -> forall F : rcfType, meaning F (read_theorem s).
Proof.
rewrite /accepts; case: (whole _ _) => [[h [a b|x k q]]|] //= c F.
exact: (@check_sound_roots F _ h (Proved a b) c).
Qed.
Theorem refuted (s p : list piece) : accepts false false s p -> forall R : realFieldType, ~ meaning R (read_theorem s).
Proof.
rewrite /accepts; case: (whole _ _) => [[h [a b|x k q]]|] //= c R.
exact: (@check_sound_ordered R _ h (Refuted x k q) c).
Qed.
Theorem refuted_roots (s p : list piece) : accepts true false s p -> forall F : rcfType, ~ meaning F (read_theorem s).
Proof.
rewrite /accepts; case: (whole _ _) => [[h [a b|x k q]]|] //= c F.
exact: (@check_sound_roots F _ h (Refuted x k q) c).
Qed.
