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

(* A text is what stands in the strings of such a file: numbers in base 42, the last digit one of # .. L, those before it M .. v;
   w is a minus before a number, x is 1 1 1, y is -1 1 1, and z is the last number that was long, and one more; long are numbers of
   more digits than one, and those that are said by a difference from the last of them.  A number d of one digit before some
   characters says a difference: d~ is the last long number and d more, d| the same after 1 1 1, d! after -1 1 1; or how often:
   d} is d times z, d{ is d times xz, and d and a space d times yz.  One constructor for each character, since the time of Coq goes by how many there are. *)
Inductive text := End
  | L0 of text | L1 of text | L2 of text | L3 of text | L4 of text | L5 of text | L6 of text | L7 of text
  | L8 of text | L9 of text | L10 of text | L11 of text | L12 of text | L13 of text | L14 of text | L15 of text
  | L16 of text | L17 of text | L18 of text | L19 of text | L20 of text | L21 of text | L22 of text | L23 of text
  | L24 of text | L25 of text | L26 of text | L27 of text | L28 of text | L29 of text | L30 of text | L31 of text
  | L32 of text | L33 of text | L34 of text | L35 of text | L36 of text | L37 of text | L38 of text | L39 of text
  | L40 of text | L41 of text | M0 of text | M1 of text | M2 of text | M3 of text | M4 of text | M5 of text
  | M6 of text | M7 of text | M8 of text | M9 of text | M10 of text | M11 of text | M12 of text | M13 of text
  | M14 of text | M15 of text | M16 of text | M17 of text | M18 of text | M19 of text | M20 of text | M21 of text
  | M22 of text | M23 of text | M24 of text | M25 of text | M26 of text | M27 of text | M28 of text | M29 of text
  | M30 of text | M31 of text | M32 of text | M33 of text | M34 of text | M35 of text | M36 of text | M37 of text
  | M38 of text | M39 of text | M40 of text | M41 of text
  | Minus of text | Ones of text | MinusOnes of text | Next of text
  | Further of text | OnesFurther of text | MinusOnesFurther of text | Run of text | OnesRun of text | MinusOnesRun of text.
Inductive token := Last of Z | More of Z | IsMinus | AreOnes | AreMinusOnes | IsNext | Difference of list Z | IsRun of list Z.
Fixpoint tokens A (f : token -> A -> A) (t : text) (a : A) : A :=
  match t with
  | End => a
  | L0 t => tokens f t (f (Last 0) a) | L1 t => tokens f t (f (Last 1) a) | L2 t => tokens f t (f (Last 2) a)
  | L3 t => tokens f t (f (Last 3) a) | L4 t => tokens f t (f (Last 4) a) | L5 t => tokens f t (f (Last 5) a)
  | L6 t => tokens f t (f (Last 6) a) | L7 t => tokens f t (f (Last 7) a) | L8 t => tokens f t (f (Last 8) a)
  | L9 t => tokens f t (f (Last 9) a) | L10 t => tokens f t (f (Last 10) a) | L11 t => tokens f t (f (Last 11) a)
  | L12 t => tokens f t (f (Last 12) a) | L13 t => tokens f t (f (Last 13) a) | L14 t => tokens f t (f (Last 14) a)
  | L15 t => tokens f t (f (Last 15) a) | L16 t => tokens f t (f (Last 16) a) | L17 t => tokens f t (f (Last 17) a)
  | L18 t => tokens f t (f (Last 18) a) | L19 t => tokens f t (f (Last 19) a) | L20 t => tokens f t (f (Last 20) a)
  | L21 t => tokens f t (f (Last 21) a) | L22 t => tokens f t (f (Last 22) a) | L23 t => tokens f t (f (Last 23) a)
  | L24 t => tokens f t (f (Last 24) a) | L25 t => tokens f t (f (Last 25) a) | L26 t => tokens f t (f (Last 26) a)
  | L27 t => tokens f t (f (Last 27) a) | L28 t => tokens f t (f (Last 28) a) | L29 t => tokens f t (f (Last 29) a)
  | L30 t => tokens f t (f (Last 30) a) | L31 t => tokens f t (f (Last 31) a) | L32 t => tokens f t (f (Last 32) a)
  | L33 t => tokens f t (f (Last 33) a) | L34 t => tokens f t (f (Last 34) a) | L35 t => tokens f t (f (Last 35) a)
  | L36 t => tokens f t (f (Last 36) a) | L37 t => tokens f t (f (Last 37) a) | L38 t => tokens f t (f (Last 38) a)
  | L39 t => tokens f t (f (Last 39) a) | L40 t => tokens f t (f (Last 40) a) | L41 t => tokens f t (f (Last 41) a)
  | M0 t => tokens f t (f (More 0) a) | M1 t => tokens f t (f (More 1) a) | M2 t => tokens f t (f (More 2) a)
  | M3 t => tokens f t (f (More 3) a) | M4 t => tokens f t (f (More 4) a) | M5 t => tokens f t (f (More 5) a)
  | M6 t => tokens f t (f (More 6) a) | M7 t => tokens f t (f (More 7) a) | M8 t => tokens f t (f (More 8) a)
  | M9 t => tokens f t (f (More 9) a) | M10 t => tokens f t (f (More 10) a) | M11 t => tokens f t (f (More 11) a)
  | M12 t => tokens f t (f (More 12) a) | M13 t => tokens f t (f (More 13) a) | M14 t => tokens f t (f (More 14) a)
  | M15 t => tokens f t (f (More 15) a) | M16 t => tokens f t (f (More 16) a) | M17 t => tokens f t (f (More 17) a)
  | M18 t => tokens f t (f (More 18) a) | M19 t => tokens f t (f (More 19) a) | M20 t => tokens f t (f (More 20) a)
  | M21 t => tokens f t (f (More 21) a) | M22 t => tokens f t (f (More 22) a) | M23 t => tokens f t (f (More 23) a)
  | M24 t => tokens f t (f (More 24) a) | M25 t => tokens f t (f (More 25) a) | M26 t => tokens f t (f (More 26) a)
  | M27 t => tokens f t (f (More 27) a) | M28 t => tokens f t (f (More 28) a) | M29 t => tokens f t (f (More 29) a)
  | M30 t => tokens f t (f (More 30) a) | M31 t => tokens f t (f (More 31) a) | M32 t => tokens f t (f (More 32) a)
  | M33 t => tokens f t (f (More 33) a) | M34 t => tokens f t (f (More 34) a) | M35 t => tokens f t (f (More 35) a)
  | M36 t => tokens f t (f (More 36) a) | M37 t => tokens f t (f (More 37) a) | M38 t => tokens f t (f (More 38) a)
  | M39 t => tokens f t (f (More 39) a) | M40 t => tokens f t (f (More 40) a) | M41 t => tokens f t (f (More 41) a)
  | Minus t => tokens f t (f IsMinus a) | Ones t => tokens f t (f AreOnes a) | MinusOnes t => tokens f t (f AreMinusOnes a)
  | Next t => tokens f t (f IsNext a) | Further t => tokens f t (f (Difference [::]) a)
  | OnesFurther t => tokens f t (f (Difference [:: 1; 1; 1]) a) | MinusOnesFurther t => tokens f t (f (Difference [:: 1; 1; -1]) a)
  | Run t => tokens f t (f (IsRun nil) a) | OnesRun t => tokens f t (f (IsRun [:: 1; 1; 1]) a)
  | MinusOnesRun t => tokens f t (f (IsRun [:: 1; 1; -1]) a)
  end%Z.
Definition of_byte (c : byte) (t : text) : option text :=
  match c with
  | x23 => Some (L0 t) | x24 => Some (L1 t) | x25 => Some (L2 t) | x26 => Some (L3 t) | x27 => Some (L4 t) | x28 => Some (L5 t)
  | x29 => Some (L6 t) | x2a => Some (L7 t) | x2b => Some (L8 t) | x2c => Some (L9 t) | x2d => Some (L10 t) | x2e => Some (L11 t)
  | x2f => Some (L12 t) | x30 => Some (L13 t) | x31 => Some (L14 t) | x32 => Some (L15 t) | x33 => Some (L16 t) | x34 => Some (L17 t)
  | x35 => Some (L18 t) | x36 => Some (L19 t) | x37 => Some (L20 t) | x38 => Some (L21 t) | x39 => Some (L22 t) | x3a => Some (L23 t)
  | x3b => Some (L24 t) | x3c => Some (L25 t) | x3d => Some (L26 t) | x3e => Some (L27 t) | x3f => Some (L28 t) | x40 => Some (L29 t)
  | x41 => Some (L30 t) | x42 => Some (L31 t) | x43 => Some (L32 t) | x44 => Some (L33 t) | x45 => Some (L34 t) | x46 => Some (L35 t)
  | x47 => Some (L36 t) | x48 => Some (L37 t) | x49 => Some (L38 t) | x4a => Some (L39 t) | x4b => Some (L40 t) | x4c => Some (L41 t)
  | x4d => Some (M0 t) | x4e => Some (M1 t) | x4f => Some (M2 t) | x50 => Some (M3 t) | x51 => Some (M4 t) | x52 => Some (M5 t)
  | x53 => Some (M6 t) | x54 => Some (M7 t) | x55 => Some (M8 t) | x56 => Some (M9 t) | x57 => Some (M10 t) | x58 => Some (M11 t)
  | x59 => Some (M12 t) | x5a => Some (M13 t) | x5b => Some (M14 t) | x5c => Some (M15 t) | x5d => Some (M16 t) | x5e => Some (M17 t)
  | x5f => Some (M18 t) | x60 => Some (M19 t) | x61 => Some (M20 t) | x62 => Some (M21 t) | x63 => Some (M22 t) | x64 => Some (M23 t)
  | x65 => Some (M24 t) | x66 => Some (M25 t) | x67 => Some (M26 t) | x68 => Some (M27 t) | x69 => Some (M28 t) | x6a => Some (M29 t)
  | x6b => Some (M30 t) | x6c => Some (M31 t) | x6d => Some (M32 t) | x6e => Some (M33 t) | x6f => Some (M34 t) | x70 => Some (M35 t)
  | x71 => Some (M36 t) | x72 => Some (M37 t) | x73 => Some (M38 t) | x74 => Some (M39 t) | x75 => Some (M40 t) | x76 => Some (M41 t)
  | x77 => Some (Minus t) | x78 => Some (Ones t) | x79 => Some (MinusOnes t) | x7a => Some (Next t)
  | x7e => Some (Further t) | x7c => Some (OnesFurther t) | x21 => Some (MinusOnesFurther t) | x7d => Some (Run t) | x7b => Some (OnesRun t) | x20 => Some (MinusOnesRun t)
  | _ => None
  end.
Fixpoint of_bytes (s : list byte) : option text :=
  if s is c :: s' then if of_bytes s' is Some t then of_byte c t else None else Some End.
Fixpoint bytes (t : text) : list byte :=
  match t with
  | End => nil
  | L0 t => x23 :: bytes t | L1 t => x24 :: bytes t | L2 t => x25 :: bytes t | L3 t => x26 :: bytes t | L4 t => x27 :: bytes t | L5 t => x28 :: bytes t
  | L6 t => x29 :: bytes t | L7 t => x2a :: bytes t | L8 t => x2b :: bytes t | L9 t => x2c :: bytes t | L10 t => x2d :: bytes t | L11 t => x2e :: bytes t
  | L12 t => x2f :: bytes t | L13 t => x30 :: bytes t | L14 t => x31 :: bytes t | L15 t => x32 :: bytes t | L16 t => x33 :: bytes t | L17 t => x34 :: bytes t
  | L18 t => x35 :: bytes t | L19 t => x36 :: bytes t | L20 t => x37 :: bytes t | L21 t => x38 :: bytes t | L22 t => x39 :: bytes t | L23 t => x3a :: bytes t
  | L24 t => x3b :: bytes t | L25 t => x3c :: bytes t | L26 t => x3d :: bytes t | L27 t => x3e :: bytes t | L28 t => x3f :: bytes t | L29 t => x40 :: bytes t
  | L30 t => x41 :: bytes t | L31 t => x42 :: bytes t | L32 t => x43 :: bytes t | L33 t => x44 :: bytes t | L34 t => x45 :: bytes t | L35 t => x46 :: bytes t
  | L36 t => x47 :: bytes t | L37 t => x48 :: bytes t | L38 t => x49 :: bytes t | L39 t => x4a :: bytes t | L40 t => x4b :: bytes t | L41 t => x4c :: bytes t
  | M0 t => x4d :: bytes t | M1 t => x4e :: bytes t | M2 t => x4f :: bytes t | M3 t => x50 :: bytes t | M4 t => x51 :: bytes t | M5 t => x52 :: bytes t
  | M6 t => x53 :: bytes t | M7 t => x54 :: bytes t | M8 t => x55 :: bytes t | M9 t => x56 :: bytes t | M10 t => x57 :: bytes t | M11 t => x58 :: bytes t
  | M12 t => x59 :: bytes t | M13 t => x5a :: bytes t | M14 t => x5b :: bytes t | M15 t => x5c :: bytes t | M16 t => x5d :: bytes t | M17 t => x5e :: bytes t
  | M18 t => x5f :: bytes t | M19 t => x60 :: bytes t | M20 t => x61 :: bytes t | M21 t => x62 :: bytes t | M22 t => x63 :: bytes t | M23 t => x64 :: bytes t
  | M24 t => x65 :: bytes t | M25 t => x66 :: bytes t | M26 t => x67 :: bytes t | M27 t => x68 :: bytes t | M28 t => x69 :: bytes t | M29 t => x6a :: bytes t
  | M30 t => x6b :: bytes t | M31 t => x6c :: bytes t | M32 t => x6d :: bytes t | M33 t => x6e :: bytes t | M34 t => x6f :: bytes t | M35 t => x70 :: bytes t
  | M36 t => x71 :: bytes t | M37 t => x72 :: bytes t | M38 t => x73 :: bytes t | M39 t => x74 :: bytes t | M40 t => x75 :: bytes t | M41 t => x76 :: bytes t
  | Minus t => x77 :: bytes t | Ones t => x78 :: bytes t | MinusOnes t => x79 :: bytes t | Next t => x7a :: bytes t
  | Further t => x7e :: bytes t | OnesFurther t => x7c :: bytes t | MinusOnesFurther t => x21 :: bytes t
  | Run t => x7d :: bytes t | OnesRun t => x7b :: bytes t | MinusOnesRun t => x20 :: bytes t
  end.
Declare Scope text_scope.
Delimit Scope text_scope with text.
String Notation text of_bytes bytes : text_scope.

(* The numbers so far, the last one first; is there a minus; the digits so far; the last long number. *)
Record reading := Reading { numbers_read : list Z; negative : bool; digits : Z; long : Z }.
Definition next_token (t : token) (s : reading) : reading :=
  let: Reading l neg d k := s in
  match t with
  | More x => Reading l neg (42 * d + x) k
  | Last x => let n := 42 * d + x in Reading ((if neg then Z.opp n else n) :: l) false 0 (if d is Z0 then k else n)
  | IsMinus => Reading l true d k
  | AreOnes => Reading (1 :: 1 :: 1 :: l) neg d k
  | AreMinusOnes => Reading (1 :: 1 :: -1 :: l) neg d k
  | IsNext => Reading (k + 1 :: l) neg d (k + 1)
  | Difference ones => if l is x :: l' then Reading (k + x :: ones ++ l') neg d (k + x) else s
  | IsRun ones =>
      if l is x :: l' then let r := Z.iter x (fun r => (r.1 + 1, r.1 + 1 :: ones ++ r.2)) (k, l') in Reading r.2 neg d r.1 else s
  end%Z.
Definition ints (s : list text) : list Z := rev (numbers_read (foldl (fun st t => tokens next_token t st) (Reading nil false 0 0) s)).

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
(* a list with runs of the same: how many, and which *)
Definition pmany A (f : parser A) : parser (list A) :=
  do l <- plist (do n <- ppos; do a <- f; ret (nseq (Pos.to_nat n) a)); ret (flatten l).
Definition pnum : parser num := do a <- pint; do b <- ppos; ret (a, b).
Definition ppoly : parser poly := plist (do c <- pnum; do m <- plist ppos; ret (m, c)).
Definition prel : parser rel := do z <- pint; match z with 0%Z => ret Ge | 1%Z => ret Gt | 2%Z => ret Eq | _ => @none _ end.
Definition pfact : parser fact := do r <- prel; do p <- ppoly; ret (r, p).
Definition pbool : parser bool := do z <- pint; match z with 0%Z => ret false | 1%Z => ret true | _ => @none _ end.
Definition pref : parser ref := do z <- pint; match z with Zpos p => ret (Known p) | Zneg p => ret (Sign p) | _ => @none _ end.
Definition pvalues : parser values := plist (do s <- ppos; do p <- ppoly; ret (s, p)).
Definition poption A (f : parser A) : parser (option A) := do b <- pbool; if b then do a <- f; ret (Some a) else ret None.

Definition pprocess : parser process :=
  do m <- plist pbool; do f <- plist pfact; do s <- pvalues; do u <- pvalues; do x <- pvalues; ret (Process m f s u x).
Definition ptheorem : parser theorem :=
  do k <- pbool; do s <- pmany (do u <- pbool; do n <- pbool; ret (u, n)); do f <- plist pfact; do r <- plist pfact;
  do g <- plist (plist ppos); do p <- poption pprocess; do x <- pvalues; ret (Statement k s f r g p x).

Definition psums := do p <- plist (do c <- pnum; do r <- plist pref; ret (c, r));
  do e <- plist (do m <- ppoly; do f <- ppos; do n <- poption ppos; ret (m, (f, n))); ret (p, e).
Definition pidentity : parser identity :=
  do c <- pnum; do b <- plist pref; do s <- psums; do v <- poption psums; ret (Identity c b s.1 s.2 v).
Definition pshown : parser shown_by := plist (do c <- pnum; do r <- pref; ret (c, r)).
Definition prows : parser (list (positive * shown_by)) := plist (do k <- ppos; do d <- pshown; ret (k, d)).
Definition pelement : parser element :=
  do x <- ppos; do q <- prows;
  do k <- poption (do k <- plist (do a <- ppos; do b <- ppos; ret (a, b)); do d <- plist pshown; ret (k, d));
  do r <- prows; ret (Element x q k r).
Definition pweighted : parser (positive * ref) := do s <- ppos; do r <- pref; ret (s, r).
Definition pprefix : parser (goal -> steps -> steps) :=
  do x <- pweighted; do y <- pweighted; do f <- ppos; do n <- poption ppos; do o <- plist ppos;
  ret (fun g s => Prefix g x y (f, n) o s).
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
      | 12%Z => do l <- plist pelement; do a <- next; do s <- next; ret (Project l a s)
      | 13%Z => do k <- ppos; do g <- plist ppos; do s <- next; ret (Image k g s)
      | 14%Z => do x <- plist ppos; do l <- plist pref; do s <- next; ret (Generate x l s)
      | 15%Z => do k <- ppos; do f <- pprefix; do s <- next; ret (f (Old k) s)
      | 16%Z => do g <- pfact; do f <- pprefix; do s <- next; ret (f (New g) s)
      | 17%Z => do k <- plist ppos; do a <- next; do s <- next; ret (Block k a s)
      | 18%Z => do q <- ppoly; do s <- next; ret (Exponential q s)
      | 19%Z => do k <- ppos; do m <- pint; do s <- next; ret (Bound k (Z.to_nat m) s)
      | 20%Z => do a <- plist ppos; do b <- plist ppos; do s <- next; ret (Powers a b s)
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

Definition whole A (f : parser A) (s : list text) : option A :=
  if f (ints s) is Some (a, nil) then Some a else None.
(* 0 > 0, from nothing, if the text is none of a theorem: it has no proof, but a refutation, so accepts asks that the text be one *)
Definition falsehood : theorem := Statement false nil nil [:: (Gt, nil)] nil None nil.
Definition read_theorem (s : list text) : theorem := if whole ptheorem s is Some t then t else falsehood.
Definition accepts (roots proves : bool) (s p : list text) : bool :=
  match whole ptheorem s, whole (do h <- phints; do q <- pproof; ret (h, q)) p with
  | Some t, Some (h, q) => (if q is Proved _ _ then proves else ~~ proves) && check roots false t h q
  | _, _ => false
  end.

Theorem accepted (s p : list text) : accepts false true s p -> forall R : realFieldType, meaning R (read_theorem s).
Proof.
rewrite /accepts /read_theorem; case: (whole ptheorem s) => [t|] //; case: (whole _ _) => [[h [a b|x k q]]|] //= c R.
exact: (@check_sound_ordered R _ h (Proved a b) c).
Qed.
Theorem accepted_roots (s p : list text) : accepts true true s p -> forall F : rcfType, meaning F (read_theorem s).
Proof.
rewrite /accepts /read_theorem; case: (whole ptheorem s) => [t|] //; case: (whole _ _) => [[h [a b|x k q]]|] //= c F.
exact: (@check_sound_roots F _ h (Proved a b) c).
Qed.
Theorem refuted (s p : list text) : accepts false false s p -> forall R : realFieldType, ~ meaning R (read_theorem s).
Proof.
rewrite /accepts /read_theorem; case: (whole ptheorem s) => [t|] //; case: (whole _ _) => [[h [a b|x k q]]|] //= c R.
exact: (@check_sound_ordered R _ h (Refuted x k q) c).
Qed.
Theorem refuted_roots (s p : list text) : accepts true false s p -> forall F : rcfType, ~ meaning F (read_theorem s).
Proof.
rewrite /accepts /read_theorem; case: (whole ptheorem s) => [t|] //; case: (whole _ _) => [[h [a b|x k q]]|] //= c F.
exact: (@check_sound_roots F _ h (Refuted x k q) c).
Qed.
