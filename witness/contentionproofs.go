package witness

// contentionProofs are the proofs of the theorems of the builder "contention", by their names; see scripted for the language.
var contentionProofs = map[string]string{
	"a scheme is a point of LP-SI": `
invariant i: f = 1 - S
start
step
row 0 by =i
end
row 0 by f0 =i`,

	"Algorithm 2 attains a point of LP-SI": `
invariant i: f = 1 - S
invariant j: S <= 1
start
row 1 by 1
step
row 0 by =i =w2
row 1 by w1*x j*w0
end
row 0 by =i =f1
row 1 by j`,

	"splitting, one order": `
invariant i: T = S
start
step
row 0 by =i
end
row 0 by l*f1 f0*f2 f0*l*x*c =i
row 1 by =i`,

	"splitting, both orders": `
row 0 by l*f1 f0*f2`,

	"phi": `
exp X = b - a
exp Y = a - b
exp U = rho/2 - b
exp V = a - rho/2
bound A: A 0
bound B: B 0
bound E: E 0
bound X: X 2
bound Y: Y 2
bound U: U 2
bound V: V 2
product AX: A X = B
product BY: B Y = A
product EV: E V = A
product BU: B U = E
have AB: A <= B by A*X A*f0 =AX
row 0 by AB
row 1 by AB
have BE: B <= E by B*U B*f1 =BU
row 2 by BE E
row 3 by E
row 4 by B*Y =BY
row 5 by A*X =AX
row 6 by A*X =AX
row 7 by B*Y =BY
row 8 by E
row 9 by E*V =EV
row 10 by A`,

	"gamma": `
exp X = b - a
exp Y = a - b
exp U = rho - b
bound A: A 0
bound B: B 0
bound X: X 2
bound Y: Y 2
bound U: U 2
product AX: A X = B
product BY: B Y = A
product BU: B U = E
product GE: G = E
have AB: A <= B by A*X A*f1 =AX
have BE: B <= E by B*U B*f2 =BU
have low: (b - a)*A <= B - A by A*X =AX
have high: B - A <= (b - a)*B by B*Y =BY
row 0 by rho*AB
row 1 by rho*high rho*BE*f1 rho*B*f1 f1
row 2 by rho*low
row 3 by rho*high
row 4 by =GE`,

	"alpha decreases": `
exp X = (r - s)/2
bound S: S 0
bound X: X 2
bound R: R 2
product SX: S X = R
row 0 by S*X S*f0*R S*f0*r S*f0 =SX`,

	"means of phi, first half": `
bound E: E 0
invariant i: S = 2*E*s - Z + 1
start
product one: Z' = 1
row 0 by =one
step
product z: Z' = Y
row 0 by =i =w1 =z
end
exp X = x
exp N = -x
exp V = s - rho/2
exp U = rho/2 - s - x
bound X: X 2
bound N: N 2
bound V: V 2
bound U: U 2
bound Z: Z 0
bound W: W 0
product ZX: Z X = W
product WN: W N = Z
product EV: E V = Z
product WU: W U = E
have D: 1 + rho*E > 0 by 1 rho*E
have WE: W <= E by W*U W*f0 =WU
row 0 by /D W*N x*WE x*E =WN =f1
have slack: 2*E - Z <= 1 + rho*E - S by E*V =EV =i
row 1 by Z*X x*slack =ZX =f1
row 2 by =i`,

	"means of phi, second half": `
bound E: E 0
invariant i: S = 1 + rho*E - Y
start
product z: Y' = E
row 0 by =z
step
product z: Y' = X
row 0 by =i =w1 =z
end
exp F = x
exp N = -x
bound F: F 2
bound N: N 2
bound Y: Y 0
bound V: V 0
product YN: Y N = V
product VF: V F = Y
have D: 1 + rho*E > 0 by 1 rho*E
row 0 by /D V*F x*V =VF =f1
row 1 by Y*N =YN =i =f1
row 2 by =i`,

	"means of phi, both orders": `
row 0 by =f0 =f1`,

	"equal probabilities, N odd: no scheme does better": `
invariant Q: Q >= 0
invariant left: U + Z >= Q*(v + z)
invariant sum: 2 - (u + y) + (v + z) - (U + Z) >= 4*a*b*K
start
row 0 by 1
row 1 by 1
row 2 by 1
step
row 0 by Q*f0
row 1 by left a*Q*w1 a*Q*w3
row 2 by sum a*w4 a*w5
end
row 0 by left sum Q*f1 Q*f3 Q*a*f1 Q*a*f3 Q*f0*f5 a*f5 Q*f5 =f2 =f4`,

	"equal probabilities, N even: no scheme does better": `
invariant Q: Q >= 0
invariant left: U + Z >= Q*(v + z)
invariant sum: 2 - (u + y) + (v + z) - (U + Z) >= 4*a*b*K
start
row 0 by 1
row 1 by 1
row 2 by 1
step
row 0 by Q*f0
row 1 by left a*Q*w1 a*Q*w3
row 2 by sum a*w4 a*w5
end
have v: (2 - a)*v >= (1 - a)^2*(h + i) by f1*a f2*a f2*f0 f1*f0 f1*f0*a f2*f0*a f2 f1*f0*f0*a =f3
have z: (2 - a)*z >= (1 - a)^2*(k + j) by f4*a f5*a f5*f0 f4*f0 f4*f0*a f5*f0*a f5 f4*f0*f0*a =f6
row 0 by left sum left*f0 sum*f0 Q*v Q*z Q*f7*f0*f0 Q*f8*f0*f0 a*f7 a*f8 a*f7*f0 a*f8*f0 =f3 =f6`,

	"equal probabilities, N odd: attained": `
invariant Q: Q >= 0
invariant one: Q <= 1
invariant u: u = b*(a*(2*K + 1) + (1 - a)*Q)
invariant v: v = (1 - a)*Q*b
invariant s: a*(2*K + 1) + (1 - a)*Q - 2 + Q >= 0
start
row 1 by 1
row 0 by 1
step
row 0 by Q*f0
row 1 by one a*Q
row 2 by =u
row 3 by =v
row 4 by s a*one a*a*Q
end
row 0 by =u
row 1 by b*one b
row 2 by b*s =u
row 3 by b*Q
row 4 by =v`,

	"equal probabilities, N even: attained": `
invariant Q: Q >= 0
invariant one: Q <= 1
invariant u: u = g*(a*(K + 1)*(2 - a) + (1 - a)^2*Q)
invariant v: v = (1 - a)^2*Q*g
invariant s: a*(K + 1)*(2 - a) + (1 - a)^2*Q - (2 - a) + (1 - a)*Q >= 0
start
row 1 by 1
row 0 by 1
step
row 0 by Q*f0
row 1 by one a*Q
row 2 by =u
row 3 by =v
row 4 by s a*one a*f0*one a*a*Q a*a*f0*Q
end
row 0 by =u
row 1 by g*one*f0 g*f0 g
row 2 by g*s =u
row 3 by g*Q*f0
row 4 by =v`,

	"equal probabilities, N odd: near alpha": nearAlpha + `
row 1 by QA
row 2 by 1
split N - 2*rho
` + largeN + `
row 0 by near
else
` + smallN + `
row 0 by near
end`,

	"no guarantee above alpha": nearAlpha + `
have D: 1 + rho*A > 0 by 1 rho*A0
have rQ: rho + Q > 0 by Q0 rho
split N - 2*rho
` + largeN + `
row 0 by /N /D f2*rQ near
else
` + smallN + `
row 0 by /N /D f2*rQ near
end`,

	"knapsack: no guarantee above 1/(2 + 1/e)": `
have mp: m > 0 by f0 1
have mm: m + 2 > 0 by f0 1
have r1: rho >= 1 by /mm f0 =f2
have r2: rho <= 2 by /mm 1 =f2
have r3: (2 - rho)*m <= 4 by r2 =f2
have M: 2*m + 1 - rho > 0 by f0 r2 1
exp p = -L
exp A = rho/2
exp H = L*(m + 1) + rho/2
exp W = 1 - rho/2
bound p: p 2
bound H: H 2
bound W: W 2
bound Q0: Q 0
bound A0: A 0
bound e0: e 0
product pq: p q = 1
product HQA: H = Q A
product AW: A W = e
have pL: rho + L*(2*m + 1 - rho) >= 0 by M*p =pq =f3
have H2: 2*(2*m + 1 - rho)*(H - 1) + rho*(1 + rho) >= 0 by M*H mp*pL pL
have W1: W >= 1 by W r2
have eQ: e*Q >= H by Q0*A0*W1 =AW =HQA
have H3: m*(1 - H) <= 2 by /M mp*H2 f0 r2 mp*r2 mp*rho*r2
have K: (rho + Q)*m*e + 12*(2*e + 1)*(rho + Q) - m*(2*e + 1) >= 0 by r3*e0 mp*eQ H3 r1*e0 r1 Q0*e0 Q0 e0 1
have D: 2*e + 1 > 0 by e0 1
have rQ: rho + Q > 0 by Q0 rho
row 0 by /mp /D f4*rQ K
have tp: t > 0 by /mp 1 =f1
row 1 by tp
row 2 by /mp f0 =f1
row 3 by =f1 =f2`,

	"the dual point, behind the middle": `
invariant a: rho*G + x*S >= rho*E
invariant b: x*S <= (1 + x)*rho*(E - G)
invariant c: S >= 0
start
product g: G' = E
row 0 by =g
row 1 by =g
row 2 by 1
step
exp N = -x
exp X = x
bound N: N 2
bound X: X 2
bound G0: G 0
bound H0: G' 0
product GN: G N = G'
product GX: G' X = G
row 0 by a rho*G0*N =GN
row 1 by b rho*H0*X =GX
row 2 by c rho*G0
end
row 0 by a
row 1 by b
row 2 by c`,

	"the dual point, its value": `
exp I = -x/2
exp K = (rho - x)/2
exp J = -rho/2
bound I: I 2
bound K: K 2
bound J: J 2
bound G: G 2
bound G0: G 0
bound E0: E 0
product GI: G I = 1
product GK: G K = E
product EJ: E J = 1
have N: N > 0 by f0 1
have xp: x > 0 by /N f5 =f1
have xr: x <= rho by x*f0 =f1
have GE: G <= E by G0*K G0*xr =GK
have G1: G <= 1 + x*G/2 by G0*I =GI
have g: G >= 1 by G x
have E1: E*(1 - rho/2) <= 1 by E0*J =EJ
row 0 by N rho*E0
row 1 by 1 rho*E0 x*f2
row 2 by f3 x rho*G1 rho*x*GE rho*x*E0 =f1
row 3 by /xp f4 rho*g x*rho*g x*rho*E1 x*rho*rho*E0 x*rho x =f1`,

	"phi of the knapsack problem": `
have z1: z <= 1 by f0 f1
row 0 by f0
row 1 by f0*f0
row 2 by f0*f0
row 3 by f1 1
row 4 by 1
row 5 by z1*z1
exp T = 2*z - z^2/2
bound T: T 4
bound V0: V 0
product VT: V T = 1
have s: 5 - 6*z + 2*z^2 >= 0 by z1*z1 z1 1
have H: (5 - 6*z + 2*z^2)*T >= 4 by s*T ~z*z1*10
row 6 by V0*H =VT`,

	"means of phi of the knapsack problem": `
invariant sp: s >= 0
invariant M: M = 4/9*s - s^2/9
invariant p: p >= 4/9 - 2/9*s
start
row 0 by 1
row 1 by 1
row 2 by 1
step
row 0 by sp y
row 1 by =M
row 2 by y
end
have s1: s <= 1 by f0 mu t
have fp: first > 0 by f1 1
row 0 by f0 mu t 1
row 1 by p mu
row 2 by f2 s1*s1 mu =M
row 4 by f0
exp V = -2*s + s^2/2
exp T = 2*s - s^2/2
exp X = w - 2*s + s^2/2
bound T: T 4
bound X: X 2
bound V0: V 0
bound U0: U 0
product VT: V T = 1
product UX: U X = V
have q: 5 - 6*s + 2*s^2 >= 0 by s1*s1 s1 1
have H: (5 - 6*s + 2*s^2)*T >= 4 by q*T ~sp*s1*10
have phi: 5 - 6*s + 2*s^2 >= 4*V by V0*H =VT
have v: 2*s - s^2/2 >= 0 by sp sp*s1
have wv: w >= 2*s - s^2/2 by /fp f2*v =f3 =M
have X1: X >= 1 by X wv
have UV: U <= V by U0*X1 =UX
row 3 by phi UV f2*U0 mu =M`,

	"the load, for a b": `
invariant iu: u >= 0
invariant iw: w >= 0
invariant iW: W >= u
invariant iO: O >= 0
invariant iP: O <= 1
invariant iU: U + u*O >= 0
invariant iV: O*W - (U + u*O) - W*V >= 0
start
bound w: W' 0
row 2 by w
row 4 by 1
step
exp K = -(1 - small - middle - large)*V
exp J = (1 - small - middle - large)*V
exp X = w
bound K: K 2
bound K0: K 0
bound J: J 2
bound W: W 2
bound W0: W 0
bound X: X 2
product KJ: K J = 1
product WK: W K = W'
product WX: W X = 1
have W1: W <= 1 by W0*X W0*iw =WX
split small - 1/2
have nonzero: small > 0 by pos 1
have s: small = 1 by /nonzero =w0
have m: middle = 0 by =s =w3
have l: large = 0 by =s =w4
have room: a*(u + w + r) + f = c by =w10 =s
have vv: v <= a*d by w12 =s =m
` + sameElement + `
row 5 by iU p*f p*w9 p*w7*d =s =m =l
split -f
have key: W - f + a*d - u - W*v >= 0 by iW pos W0*vv a*d*W1
` + counted + `
else
have a1: a = 1 by /neg =w8
have key: W - f + a*d - u - W*v >= 0 by W w6 r W0*vv a*d*W1 =room =a1
` + counted + `
end
else
have zero: 1 - small > 0 by neg 1
have s: small = 0 by /zero =w0
split middle - 1/2
have nonzero: middle > 0 by pos 1
have m: middle = 1 by /nonzero =w1
have l: large = 0 by =m =w5
have room: a*(u + r) + f = c by =w11 =m
have vv: v <= a*u + f by w12 =s =m
` + sameElement + `
row 5 by iU p*w7*iu =s =m =l
split -f
have key: W + a*u - u - W*v >= 0 by iW W0*pos W0*vv a*iu*W1
` + counted + `
else
have a1: a = 1 by /neg =w8
have key: W + a*u - u - W*v >= 0 by W0*vv W0*w6 W0*r =room =a1
` + counted + `
end
else
have zero: 1 - middle > 0 by neg 1
have m: middle = 0 by /zero =w1
split large - 1/2
have nonzero: large > 0 by pos 1
have l: large = 1 by /nonzero =w2
have vv: v <= 0 by w12 =s =m
` + sameElement + `
row 5 by iU p*w9 p*w7*d =s =m =l
have key: W + a*d - u - W*v >= 0 by iW a*d W0*vv
` + counted + `
else
have zero: 1 - large > 0 by neg 1
have l: large = 0 by /zero =w2
have Kb: K >= 1 - V by K =s =m =l
row 0 by iU iP*iu =s =m =l
row 1 by w14 =s =m =l
row 2 by W0*Kb iV iP*iW =WK =s =m =l
row 3 by 1 =s =m =l
row 4 by 1 =s =m =l
row 5 by 1 =s =m =l
row 6 by 1 =s =m =l
end
end
end
end
row 0 by iW`,

	"the load is 0 with at least the probability c": `
invariant i: I >= (2*M + z - o + c)*L
start
row 0 by 1
step
exp X = w
exp Y = w - 2*M
bound X: X 2
bound Y: Y 2
bound W0: W 0
product WX: W X = 1
product WY: W Y = V
have W1: W <= 1 by W0*X W0*w =WX
split 2*M - w
have low: w <= 2*M by pos
split -M
have key: z - 2*u - w - 2*M + o - c >= 0 by f4 f2 w0 W1 low pos
row 0 by i l*key
else
have c1: 1 >= W*(1 + w) by W0*X =WX
have c2: V >= W*(1 - 2*M + w) by W0*Y =WY
have chord: 2*M*(1 - W) >= w*(1 - V) by low*c1 w*c2
have key: z - 2*u - w - 2*M + o - c >= 0 by /neg M*f4 M*w0 chord low*f2 w*f3
row 0 by i l*key
end
else
have WV: W <= V by W0*Y W0*neg =WY
have key: z - 2*u - w - 2*M + o - c >= 0 by f3 WV w0 w1
row 0 by i l*key
end
end
row 0 by /f4 i =f0 =f1`,

	"there is enough for c x": `
invariant i: R = 1 - S
start
step
row 0 by =i
end
row 0 by f1 m*f3
row 1 by r*f2
row 2 by x*f0 =i`,

	"a larger demand gets a smaller part": `
split i - j
have ij: i >= j by pos
split i - m
have im: i >= m by pos
split n - d
row 0 by i*pos i*f2 m*ij
else
have ny: n = y by /neg =f8
row 0 by y*im m*f10 =ny
end
else
have no: 0 > 0 by neg*neg neg*f0 neg*f2 neg*f3 f0*f3 f2*f3 =f7
row 0 by /no
end
else
have no: 0 > 0 by neg*neg neg*f1 neg*f10 neg*f9 f9*f1 f9*f10 =f7
row 0 by /no
end`,

	"Type III, one allocation": `
invariant iA: A >= 0
invariant iC: C >= A*inverse
invariant iB: B >= A*part
invariant iH: A*part*inverse + G - B*inverse - C*part >= 0
invariant iP: A*G >= B*C
start
step
row 0 by iA f*m
row 1 by iC iA*w1
row 2 by iB iA*w0
row 3 by iH w0*iC w1*iB w0*w1*iA
row 4 by iP f*m*iH f*m*w0*iC f*m*w1*iB f*m*w0*w1*iA
end
row 0 by iP`,

	"Type III, the service": `
invariant i: A*G >= C*B
start
step
row 0 by i f*w0
end
row 0 by /f0 i =f1`,
}

// Parts of the proofs above.
const (
	nearAlpha = `
exp p = -L
exp G = -(L*(N + 1) + rho)/2
exp H = (L*(N + 1) + rho)/2
bound q: q 2
bound p: p 2
bound G: G 2
bound H: H 2
bound q0: q 0
bound Q0: Q 0
bound A0: A 0
product pq: p q = 1
product QAG: Q A G = 1
product HQA: H = Q A
have N: N > 0 by f0 1
have NL: 0 >= N*L + rho by N*q =f1
have L: 0 >= L by /N NL rho
have g: G >= 1 by G NL L
have QA: Q*A <= 1 by Q0*A0*g =QAG`

	// For N ≥ 2ρ and N < 2ρ.
	largeN = `have M: N - rho > 0 by N*q0 =f1
have pL: rho + L*(N - rho) >= 0 by M*p =pq =f1
have H2: 2*(N - rho)*(H - 1) + rho*(1 + rho) >= 0 by M*H N*pL pL
have near: N*(1 + rho*A) <= (N*A + (rho + 2)*(1 + rho*A))*(rho + Q) by /M N*H2 N*rho N*rho*rho pos*rho pos*rho*rho M*rho*Q0 M*Q0 M*rho*rho*A0 M*rho*A0*Q0 M*rho*rho*rho*A0 M*rho*rho*A0*Q0 =HQA`
	smallN = `have near: N*(1 + rho*A) <= (N*A + (rho + 2)*(1 + rho*A))*(rho + Q) by N*A0*Q0 N*A0*rho neg rho*rho Q0 rho*Q0 rho*rho*A0 rho*rho*rho*A0 rho*A0*Q0 rho*rho*A0*Q0`

	// What holds while sizes of an element are counted: W and what it becomes are the same.
	sameElement = `have K1: K >= 1 by K =s =m =l
have J1: J >= 1 by J =s =m =l
have K2: K <= 1 by K0*J1 =KJ
have Wa: W' >= W by W0*K1 =WK
have Wb: W' <= W by W0*K2 =WK
row 0 by iu =s =m =l
row 1 by iw =s =m =l
row 2 by Wa iW =s =m =l
row 3 by iO p =s =m =l
row 4 by w13 =s =m =l`
	counted = `split O + p - V - p*v
row 6 by iV p*key pos*Wa =s =m =l
else
row 6 by iV p*key neg*Wb =s =m =l
end`
)
